import { writeFileSync } from 'node:fs';
import { type LoadedValues, loadValues, valuesFrom } from '../../library/load.ts';
import type { Problem } from '../../library/problem.ts';
import { render } from '../../library/render.ts';
import { type Diff, diffObjects, liveView, type ManifestObject } from '../../operator/diff/index.ts';
import { identityOf, nameOfObject } from '../../operator/diff/manifest-object.ts';
import { importGrants, valuesOfHelm, withoutPaths } from '../../operator/import/index.ts';
import { jsonText } from '../../text/json-text.ts';
import { emitDocument } from '../../yaml/emit.ts';
import { diffText } from '../diff/diff-text.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, isOn, lastOf } from '../input/arguments.ts';
import { parseFieldPath } from '../input/field-path.ts';
import { readInput, reasonOf } from '../input/read-input.ts';
import { sourceLines } from '../input/source-lines.ts';
import { chartOf, releaseOf, type ValueFlag } from '../input/value-flags.ts';
import { printRoles } from '../operator/print-roles.ts';
import type { Outcome } from '../outcome.ts';
import { refusal } from '../refusal.ts';
import { releaseObjects } from '../release/release-objects.ts';
import { printable } from '../text/printable.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { type LineOf, problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';

/** The flags of `import`. */
export type ImportFlag =
  | Exclude<ValueFlag, `set${string}`>
  | 'kubeconfig'
  | 'permissions'
  | 'out'
  | 'offline'
  | 'output';

/** A value that this chart does not take. */
interface LeftOut {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  readonly hint: string;
}

/** Says what this chart would change of a release. */
export async function runImport(args: Arguments<ImportFlag>): Promise<Outcome> {
  if (isOn(args, 'permissions')) return printRoles('import', importGrants());
  const ofValues = asValueArguments(args);
  const input = readInput(ofValues);
  if (!input.ok) return refused(input.problems, () => undefined);
  const sources = input.sources.map((source) =>
    source.kind === 'file' ? { ...source, text: valuesOfHelm(textOf(source.text)) } : source,
  );
  const lineOf = sourceLines(sources);
  const fitted = withoutUnknown(loadValues(chartOf(ofValues), sources));
  const { manifests, problems } = render(fitted.loaded, releaseOf(ofValues));
  const errors = [...fitted.errors, ...problems].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return refused(errors, lineOf);
  const rendered = manifests.map(({ manifest }): ManifestObject => ({ ...manifest }));
  const compared = isOn(args, 'offline') ? undefined : await compare(args, rendered);
  if (compared?.ok === false) return compared.outcome;
  const written = writeValues(lastOf(args, 'out'), fitted.loaded);
  if (written.exitCode !== 0) return written;
  const isSame = fitted.leftOut.length === 0 && (compared?.diff.changes.length ?? 0) === 0;
  const stdout =
    lastOf(args, 'output') === 'json'
      ? jsonText({ leftOut: fitted.leftOut, diff: compared?.diff ?? null })
      : text(fitted.leftOut, compared?.diff);
  const stderr = `${written.stderr ?? ''}${compared?.stderr ?? ''}`;
  return { exitCode: isSame ? 0 : 3, stdout, ...(stderr === '' ? {} : { stderr }) };
}

/** The command line as every command reads values; there are no flags that set some. */
function asValueArguments(args: Arguments<ImportFlag>): Arguments<ValueFlag> {
  const isOwn = (flag: ValueFlag): flag is Exclude<ValueFlag, `set${string}`> => !flag.startsWith('set');
  return { positionals: args.positionals, given: (flag) => (isOwn(flag) ? args.given(flag) : []) };
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);
}

function refused(problems: readonly Problem[], lineOf: LineOf): Outcome {
  const stderr = problemsText(inReadingOrder(problems), lineOf, styleOf(2));
  return { exitCode: exitCodeOf(problems), stderr };
}

interface Fitted {
  /** Without what this chart does not take. */
  readonly loaded: LoadedValues;
  readonly leftOut: readonly LeftOut[];
  /** What is wrong with the rest, at the lines where it stands. */
  readonly errors: readonly Problem[];
}

/** Leaves out keys that are not known, and sections that were emptied. */
function withoutUnknown(loaded: LoadedValues): Fitted {
  const isLeftOut = ({ severity, code, message }: Problem): boolean =>
    severity === 'error' && (code === 'UnknownKey' || (code === 'Required' && message.startsWith('null ')));
  const unknown = loaded.problems.filter(isLeftOut);
  const kept = withoutPaths(
    loaded.user,
    unknown.map(({ path }) => parseFieldPath(path)),
  );
  const again = valuesFrom(loaded.chart, kept);
  // A key inside a list stays, and is an error.
  const left = new Set(again.problems.map(({ path }) => path));
  return {
    loaded: again,
    leftOut: inReadingOrder(unknown)
      .filter(({ path }) => !left.has(path))
      .map(({ path, line, message, hint }) => ({ path, line, message, hint })),
    errors: loaded.problems.filter((problem) => !isLeftOut(problem) || left.has(problem.path)),
  };
}

type Compared =
  | { readonly ok: true; readonly diff: Diff; readonly stderr: string }
  | { readonly ok: false; readonly outcome: Outcome };

async function compare(args: Arguments<ImportFlag>, rendered: readonly ManifestObject[]): Promise<Compared> {
  const [name = ''] = args.positionals;
  const namespace = lastOf(args, 'namespace') ?? 'default';
  const release = { name, namespace, rendered, isOfOtherChart: true };
  const found = await releaseObjects(release, lastOf(args, 'kubeconfig'));
  if (!found.ok) return found;
  const byName = new Map(rendered.map((object) => [nameOfObject(identityOf(object)), object]));
  const isSeen = (object: ManifestObject): boolean => !found.unseen.has(nameOfObject(identityOf(object)));
  const live = found.objects.map((object) => liveView(object, byName.get(nameOfObject(identityOf(object)))));
  return { ok: true, diff: diffObjects(live, rendered.filter(isSeen)), stderr: found.stderr };
}

function writeValues(file: string | undefined, { user }: LoadedValues): Outcome {
  if (file === undefined) return { exitCode: 0 };
  try {
    writeFileSync(file, emitDocument(user), { mode: 0o600 });
  } catch (error) {
    return refusal(74, `cannot write ${file}: found ${reasonOf(error)}`, 'choose another file');
  }
  return { exitCode: 0, stderr: `wrote ${printable(file)}\n` };
}

function text(leftOut: readonly LeftOut[], diff: Diff | undefined): string {
  const style = styleOf(1);
  const lines = leftOut.map(({ path, line, message, hint }) => {
    const place = line === null ? '' : ` (line ${line})`;
    return `${style.warning('left out')} ${style.strong(printable(path))}${place}: ${printable(message)}\n  hint: ${printable(hint)}\n`;
  });
  const count = leftOut.length === 0 ? 'every value is taken\n' : '';
  return `${lines.join('')}${count}${diff === undefined ? '' : diffText(diff, style)}`;
}
