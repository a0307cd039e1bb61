import type { RenderedManifest } from '../../library/manifest.ts';
import { hasErrors } from '../../library/problem.ts';
import { render as renderRelease } from '../../library/render.ts';
import { toYaml } from '../../library/to-yaml.ts';
import { jsonText } from '../../text/json-text.ts';
import { command } from '../command.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { loadRelease } from '../input/load-release.ts';
import { parseObjectTarget } from '../input/object-target.ts';
import { outputFlag } from '../input/output-flag.ts';
import { checkRenderUsage } from '../input/render-usage.ts';
import { select } from '../input/select.ts';
import { chartOf, valueFlags } from '../input/value-flags.ts';
import type { Outcome } from '../outcome.ts';
import type { Output } from '../output.ts';
import { refusal } from '../refusal.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';

const flags = [
  ...valueFlags,
  outputFlag(
    ['yaml', 'json', 'text', 'github', 'markdown'],
    'yaml (the default) or json: one array. With --check the form of the report: text (the default), json, github (annotations), or markdown',
  ),
  {
    name: 'output-dir',
    argument: 'DIR',
    description: 'write one file per object below DIR instead of standard output',
  },
  {
    name: 'prune',
    description:
      'with --output-dir: remove what an earlier run has written there and is not rendered any more',
  },
  {
    name: 'only',
    argument: 'KIND[/[NAMESPACE/]NAME]',
    description: 'only these objects; may be repeated. A name that stands for two needs its namespace',
  },
  {
    name: 'check',
    argument: 'PATH',
    description:
      'compare with what is there: a file of this output in YAML or JSON, or a directory of --output-dir',
  },
  {
    name: 'check-mode',
    argument: 'MODE',
    choices: ['text', 'objects'],
    description: 'text (the default), or objects: that of helm template --skip-tests counts as equal',
  },
] as const satisfies readonly Flag[];

type RenderArguments = Arguments<(typeof flags)[number]['name']>;

export const render = command({
  name: 'render',
  summary: 'Render the manifests of a release from its values.',
  words: ['NAME'],
  flags,
  details: [
    'Prints every object that the chart installs, in the order in which Helm installs. With an error in the values nothing is printed but what is wrong, all at once. Warnings do not stop rendering.',
    '--check prints the differences and ends with exit code 3 when there are any. -o is then the form of this report; whether what is there is YAML or JSON is seen from it. In a directory, files of the chart that are not rendered count as differences, unless --only is given.',
    '--output-dir keeps a list of what it has written, .kubebyon-gateway.sha256, for --prune; sha256sum -c reads it. What is not in the list, or has been changed, is named and stays.',
  ],
  example: 'render kubebyon --chart multi-node -n kubebyon-system -f values.yaml --set web.enabled=true',
  run,
});

async function run(args: RenderArguments): Promise<Outcome> {
  checkRenderUsage(args);
  const targets = args.given('only').map((text) => parseObjectTarget(chartOf(args), text));
  const read = loadRelease(args);
  if (!read.ok)
    return { exitCode: exitCodeOf(read.problems), stderr: problemsText(read.problems, noLines, styleOf(2)) };
  const { manifests, problems } = renderRelease(read.loaded, read.release);
  const stderr = problems.length === 0 ? '' : problemsText(inReadingOrder(problems), read.lineOf, styleOf(2));
  if (hasErrors(problems)) return { exitCode: 1, stderr };
  const selected = select(manifests, targets);
  const { exitCode, ...output } = selected.ok
    ? await deliver(args, selected.objects, targets.length === 0)
    : refusal(4, selected.message, selected.hint);
  return { exitCode, ...output, stderr: stderr + (output.stderr ?? '') };
}

const noLines = () => undefined;

async function deliver(
  args: RenderArguments,
  manifests: readonly RenderedManifest[],
  isComplete: boolean,
): Promise<Outcome> {
  const output: Output = { chart: chartOf(args), manifests, isComplete };
  const check = lastOf(args, 'check');
  if (check !== undefined) {
    const mode = lastOf(args, 'check-mode') === 'objects' ? 'objects' : 'text';
    const { checkOutput } = await import('../check-output.ts');
    const checked = checkOutput(check, { ...output, mode });
    if (!checked.ok) return refusal(66, checked.message, checked.hint);
    const { reportOf } = await import('../check-report.ts');
    return reportOf(checked.files, lastOf(args, 'output'));
  }
  const directory = lastOf(args, 'output-dir');
  if (directory !== undefined) {
    const { writeOutput } = await import('../output-dir.ts');
    return writeOutput(directory, output, isOn(args, 'prune'));
  }
  return { exitCode: 0, stdout: outputText(args, manifests) };
}

function outputText(args: RenderArguments, manifests: readonly RenderedManifest[]): string {
  if (lastOf(args, 'output') !== 'json') return toYaml(manifests);
  return jsonText(manifests.map(({ manifest }) => manifest));
}
