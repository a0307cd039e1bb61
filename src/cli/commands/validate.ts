import { hasErrors, type Problem } from '../../library/problem.ts';
import { validate as validateRelease } from '../../library/render.ts';
import { type Data, isDataMap } from '../../template/index.ts';
import { jsonText } from '../../text/json-text.ts';
import { command } from '../command.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { loadRelease } from '../input/load-release.ts';
import { outputFlag } from '../input/output-flag.ts';
import { chartOf, valueFlags } from '../input/value-flags.ts';
import type { Outcome } from '../outcome.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { countText, type LineOf, problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';

const flags = [
  ...valueFlags,
  outputFlag(
    ['text', 'json', 'github', 'junit', 'sarif'],
    'text (the default), json (an array), github (annotations for GitHub Actions), junit (XML), or sarif',
  ),
  { name: 'warnings-as-errors', description: 'end with exit code 1 also when there are only warnings' },
] as const satisfies readonly Flag[];

type ValidateArguments = Arguments<(typeof flags)[number]['name']>;

export const validate = command({
  name: 'validate',
  summary: 'Check the values of a release, and report everything that is wrong at once.',
  words: ['NAME'],
  flags,
  details: [
    'Each problem has a stable code, the value it is about, the line that set it, and a hint. With -o text they are on standard error, else on standard output.',
  ],
  example: 'validate kubebyon --chart multi-node -f values.yaml --warnings-as-errors',
  run,
});

async function run(args: ValidateArguments): Promise<Outcome> {
  const read = loadRelease(args);
  const problems = inReadingOrder(read.ok ? validateRelease(read.loaded, read.release) : read.problems);
  const isRefused = hasErrors(problems) || (isOn(args, 'warnings-as-errors') && problems.length > 0);
  const count = read.ok ? countLeaves(read.loaded.user) : 0;
  const lineOf = read.ok ? read.lineOf : () => undefined;
  const said = await report(args, problems, count, lineOf);
  return { exitCode: isRefused ? exitCodeOf(problems) : 0, ...said };
}

async function report(
  args: ValidateArguments,
  problems: readonly Problem[],
  count: number,
  lineOf: LineOf,
): Promise<Pick<Outcome, 'stdout' | 'stderr'>> {
  switch (lastOf(args, 'output')) {
    case 'json':
      return { stdout: jsonText(problems) };
    case 'github': {
      const { githubText } = await import('../text/github-text.ts');
      const root = process.env.GITHUB_WORKSPACE;
      return { stdout: problems.map((problem) => githubText(problem, root)).join('') };
    }
    case 'junit': {
      const { junitText } = await import('../text/junit-text.ts');
      return { stdout: junitText(problems, `${chartOf(args)} ${args.positionals[0] ?? ''}`) };
    }
    case 'sarif': {
      const { sarifText } = await import('../text/sarif-text.ts');
      return { stdout: sarifText(problems, process.env.GITHUB_WORKSPACE) };
    }
  }
  const stderr = problemsText(problems, lineOf, styleOf(2));
  return hasErrors(problems) ? { stderr } : { stderr, stdout: `${successText(args, problems, count)}\n` };
}

function successText(args: ValidateArguments, problems: readonly Problem[], count: number): string {
  const what = `${count} ${count === 1 ? 'value' : 'values'} for the ${chartOf(args)} chart`;
  return `checked ${what}: ${problems.length === 0 ? 'no problems' : `no errors, ${countText(problems)}`}`;
}

/** How many values the user has set. */
function countLeaves(data: Data): number {
  if (isDataMap(data)) return Object.values(data).reduce((sum: number, item) => sum + countLeaves(item), 0);
  return 1;
}
