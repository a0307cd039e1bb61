import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import type { Problem } from '../../library/problem.ts';
import type { World } from '../../planner/world/world.ts';
import { isDataMap } from '../../template/index.ts';
import { showFieldPath } from '../../text/field-path.ts';
import { jsonText } from '../../text/json-text.ts';
import { type Located, locate, readDocument } from '../../yaml/index.ts';
import { command } from '../command.ts';
import { type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { type Arguments, type Flag, lastOf } from '../input/arguments.ts';
import { outputFlag } from '../input/output-flag.ts';
import { readBytes, STDIN_NAME } from '../input/read-input.ts';
import { sourceLines } from '../input/source-lines.ts';
import type { Outcome } from '../outcome.ts';
import { problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';

/** Loaded for this command alone. */
type Planner = typeof import('../planner.ts');

/** A world of some ten thousand hostnames has some ten megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

const flags = [
  outputFlag(
    ['text', 'json'],
    'text (the default), or json: actions, findings, status, memory and nextCheckAt',
  ),
] as const satisfies readonly Flag[];

export const plan = command({
  name: 'plan',
  summary: 'Plan what the runtime would write for a world, and say why.',
  words: ['WORLD.yaml'],
  flags,
  details: [
    'The world is one file with everything that the runtime sees: the inventory, the objects of the host, the tenants, DNS, and the environment of the API under env. "-" reads standard input. Nothing is written anywhere.',
  ],
  example: 'plan world.yaml -o json',
  run,
});

async function run(args: Arguments<'output'>): Promise<Outcome> {
  const name = args.positionals[0] ?? '-';
  const planner = await import('../planner.ts');
  const read = readWorld(name, planner);
  if (!read.ok) return { exitCode: read.exitCode, stderr: read.stderr };
  const { result, warnings } = read;
  const stdout = lastOf(args, 'output') === 'json' ? jsonText(result) : planner.planText(result);
  return { exitCode: 0, stdout, stderr: warnings };
}

type ReadWorld =
  | { readonly ok: true; readonly result: ReturnType<Planner['plan']>; readonly warnings: string }
  | { readonly ok: false; readonly exitCode: ExitCode; readonly stderr: string };

function readWorld(name: string, planner: Planner): ReadWorld {
  const file = name === '-' ? STDIN_NAME : name;
  const bytes = readBytes(name, MAX_BYTES);
  if (typeof bytes === 'string') {
    return refused(
      [problem({ code: 'FileUnreadable', message: `expected a file, found ${bytes}`, file })],
      undefined,
    );
  }
  const document = readDocument(bytes, { file, large: true });
  if (!document.ok) return refused(document.problems.map(problem), bytes, file);
  const checked = planner.checkWorld(document.value);
  if (!checked.ok) {
    const problems = checked.problems.map(({ path, message }) =>
      problem({
        code: 'WorldInvalid',
        path: showFieldPath(path),
        message,
        hint: 'kubebyon-gateway schema world prints what is expected',
        ...placeIn(document.positions, path, file),
      }),
    );
    return refused(problems, bytes, file);
  }
  const environment = environmentOf(document.value.env);
  return planned(planner, checked.world, environment, document.positions, bytes, file);
}

/** The environment of the API stands beside the world; the schema has seen that its values are texts. */
function environmentOf(env: unknown): Readonly<Record<string, string>> {
  if (!isDataMap(env)) return {};
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}

function planned(
  { describeEnvironmentProblem, parseRuntimeEnvironment, plan: planWorld }: Planner,
  world: World,
  environment: Readonly<Record<string, string>>,
  positions: Located,
  bytes: Uint8Array,
  file: string,
): ReadWorld {
  const parsed = parseRuntimeEnvironment(environment);
  const findings = parsed.ok ? parsed.warnings : parsed.problems;
  const problems = findings.map((finding) =>
    problem({
      severity: finding.severity,
      code: 'EnvironmentInvalid',
      path: `env.${finding.variable}`,
      message: describeEnvironmentProblem(finding),
      hint: 'compare with the environment of the API container',
      ...placeIn(positions, ['env', finding.variable], file),
    }),
  );
  if (!parsed.ok) return refused(problems, bytes, file);
  const config: RuntimeConfig = parsed.config;
  return { ok: true, result: planWorld(world, config), warnings: textOf(problems, bytes, file) };
}

function placeIn(positions: Located, path: readonly (string | number)[], file: string) {
  const { line, column } = locate(positions, path).value;
  return { file, line, column };
}

/** A problem of which not everything is known. */
function problem(known: Partial<Problem> & Pick<Problem, 'code' | 'message'>): Problem {
  return { severity: 'error', path: '', hint: '', file: null, line: null, column: null, ...known };
}

function refused(problems: readonly Problem[], bytes: Uint8Array | undefined, file = ''): ReadWorld {
  return { ok: false, exitCode: exitCodeOf(problems), stderr: textOf(problems, bytes, file) };
}

function textOf(problems: readonly Problem[], bytes: Uint8Array | undefined, file: string): string {
  const lineOf =
    bytes === undefined ? () => undefined : sourceLines([{ kind: 'file', name: file, text: bytes }]);
  return problemsText(problems, lineOf, styleOf(2));
}
