import { chartNamed } from '../../chart/charts.ts';
import {
  type ChartObjectState,
  chartObjects,
  explainAbsentField,
  explainManifestField,
  explainValue,
} from '../../library/explain.ts';
import { hasErrors, type Problem } from '../../library/problem.ts';
import { validate } from '../../library/render.ts';
import { showFieldPath } from '../../text/field-path.ts';
import { jsonText } from '../../text/json-text.ts';
import { nearest } from '../../text/nearest.ts';
import { definitionAt } from '../../values/check/lookup.ts';
import type { Definition } from '../../values/definition.ts';
import { valuePaths } from '../../values/paths.ts';
import { command } from '../command.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { type Arguments, type Flag, lastOf } from '../input/arguments.ts';
import { parseExplainTarget } from '../input/explain-target.ts';
import { fieldsAt, resolveField } from '../input/field-lookup.ts';
import { type LoadedRelease, loadRelease } from '../input/load-release.ts';
import { nameAmong, objectsNamed } from '../input/named-objects.ts';
import type { ObjectTarget } from '../input/object-target.ts';
import { outputFlag } from '../input/output-flag.ts';
import { chartOf, type ValueFlag, valueFlags } from '../input/value-flags.ts';
import type { Outcome } from '../outcome.ts';
import { refusal } from '../refusal.ts';
import {
  absentFieldText,
  absentObjectText,
  explainedFieldText,
  explainedValueText,
} from '../text/explain-text.ts';
import { inReadingOrder } from '../text/problem-order.ts';
import { type LineOf, problemsText } from '../text/problem-text.ts';
import { styleOf } from '../text/style.ts';

const flags = [
  ...valueFlags,
  outputFlag(['text', 'json'], 'text (the default), or json: one object with all that is known'),
] as const satisfies readonly Flag[];

export const explain = command({
  name: 'explain',
  summary: 'Explain why a field, an object or a value is what it is.',
  words: ['NAME', 'KIND/[NAMESPACE/]NAME[:field.path] | VALUE.PATH'],
  flags,
  details: [
    'For a field: every candidate, the line it comes from, which one won, and why the others did not. For an object: why it is rendered, or why it is not. For a value: what it means, where it was set, and what reads it.',
    'KIND/NAMESPACE/NAME tells objects of one name apart; what is not there, or stands for two, ends with exit code 4.',
    "Field paths: spec.listeners[0].name, spec.listeners.workload-http.port, metadata.labels['app.kubernetes.io/name'].",
  ],
  example:
    'explain kubebyon Gateway/kubebyon-kubebyon-workload-gateway:spec.gatewayClassName --chart multi-node -f values.yaml',
  run,
});

type Release = Extract<LoadedRelease, { readonly ok: true }>;
/** An object under the name that tells it apart. */
type ShownObject = ChartObjectState & { readonly shownName: string };

/** An answer as data and as a text for people. */
type Answer = (data: object, text: string) => Outcome;

async function run(args: Arguments<ValueFlag | 'output'>): Promise<Outcome> {
  const answer: Answer = (data, text) => ({
    exitCode: 0,
    stdout: lastOf(args, 'output') === 'json' ? jsonText(data) : text,
  });
  const target = parseExplainTarget(chartOf(args), args.positionals[1] ?? '');
  const read = loadRelease(args);
  if (!read.ok) return refused(read.problems, () => undefined);
  const problems = validate(read.loaded, read.release);
  if (hasErrors(problems)) return refused(inReadingOrder(problems), read.lineOf);
  return target.what === 'value'
    ? explainAValue(read, target.path, answer)
    : explainAnObject(read, target.object, target.path, answer);
}

function refused(problems: readonly Problem[], lineOf: LineOf): Outcome {
  return { exitCode: exitCodeOf(problems), stderr: problemsText(problems, lineOf, styleOf(2)) };
}

function explainAValue({ loaded, release }: Release, path: readonly string[], answer: Answer): Outcome {
  const known = valuePaths(chartNamed(loaded.chart).values);
  const explained = isDefined(chartNamed(loaded.chart).values, path)
    ? explainValue(loaded, release, path)
    : undefined;
  if (explained === undefined) {
    const shown = showFieldPath(path);
    const near = nearest(shown, known) ?? nearest(path.at(-1) ?? '', known);
    const hint =
      near === undefined ? 'kubebyon-gateway values prints all there are' : `did you mean ${near}?`;
    return refusal(4, `the ${loaded.chart} chart has no value ${shown}`, hint);
  }
  return answer(explained, explainedValueText(explained, loaded, chartObjects(loaded, release), styleOf(1)));
}

/** Nothing is below a text, a number or a flag. */
function isDefined(root: Definition, path: readonly string[]): boolean {
  const around = definitionAt(root, path.slice(0, -1));
  return around !== undefined && !['text', 'integer', 'flag', 'choice'].includes(around.kind);
}

function explainAnObject(
  read: Release,
  target: ObjectTarget,
  path: readonly string[],
  answer: Answer,
): Outcome {
  const all = chartObjects(read.loaded, read.release);
  const found = objectsNamed(all, target, ({ absentBecause }) => absentBecause === undefined);
  if (!found.ok) return refusal(4, found.message, found.hint);
  const [object] = found.objects;
  const shown = { ...object, shownName: nameAmong(object, all) };
  if (object.absentBecause === undefined) return explainAField(read, shown, path, answer);
  return answer(object, absentObjectText(shown, object.absentBecause, read.loaded, styleOf(1)));
}

function explainAField(
  { loaded, release }: Release,
  object: ShownObject,
  asked: readonly string[],
  answer: Answer,
): Outcome {
  const named = nameOf(object);
  const whole = explainManifestField(loaded, release, { ...named, path: [] });
  const path = resolveField(whole?.value, asked);
  const explained =
    path === undefined ? undefined : explainManifestField(loaded, release, { ...named, path });
  if (explained !== undefined) {
    const data = { ...named, path: asked, ...explained };
    return answer(data, explainedFieldText(object, asked, explained, loaded, styleOf(1)));
  }
  const { there, fields, missing } = fieldsAt(whole?.value, asked);
  const because =
    explainAbsentField(loaded, release, object.source, asked) ??
    explainAbsentField(loaded, release, object.source, [...there, missing]);
  if (because !== undefined) {
    const data = { ...named, path: asked, source: object.source, absentBecause: because };
    return answer(data, absentFieldText(object, asked, because, loaded, styleOf(1)));
  }
  const near = nearest(missing, fields);
  const shown = `${object.shownName}${there.length === 0 ? '' : `:${showFieldPath(there)}`}`;
  return refusal(
    4,
    `${shown} has no field ${JSON.stringify(missing)}`,
    near === undefined ? `its fields: ${fields.join(', ') || 'none'}` : `did you mean ${near}?`,
  );
}

function nameOf({ kind, namespace, name }: ChartObjectState) {
  return { kind, namespace, name };
}
