import { filesOf } from '../chart/chart-object.ts';
import { chartNamed } from '../chart/charts.ts';
import {
  at,
  evaluate,
  evaluateRegardless,
  explainField,
  type FieldExplanation,
  reasonAbsent,
  reasonsUnread,
  type Scope,
} from '../template/index.ts';
import { definitionAt } from '../values/check/lookup.ts';
import { checkText } from '../values/check/wrong-argument.ts';
import type { Definition } from '../values/definition.ts';
import { findOrigin, type Origin } from '../values/load/index.ts';
import { checkField, checkLoaded, checkPath } from './arguments.ts';
import type { LoadedValues } from './load.ts';
import { type Release, scopeOf } from './release.ts';
import { sourceOf } from './render.ts';

/** One field of one object, and why it is what it is. */
export interface ExplainedField extends FieldExplanation {
  /** The file of the chart that the object comes from. */
  readonly source: string;
}

/** One value: what it means, what it is, where it was written, and which fields of which objects read it. */
export interface ExplainedValue {
  readonly path: readonly string[];
  readonly description: string;
  readonly value: unknown;
  readonly default: unknown;
  /** Where it was written; null for a default. */
  readonly origin: Origin | null;
  /** The files of the chart that read it. */
  readonly readBy: readonly string[];
  /** Why nothing reads it, when nothing does. */
  readonly unreadBecause: readonly string[];
}

/** A field of an object of a release. */
export interface ManifestField {
  /** As `Gateway`, in upper or lower case. */
  readonly kind: string;
  /** As rendered. Needed where objects of one kind and name are in several namespaces. */
  readonly namespace?: string | undefined;
  /** As rendered. */
  readonly name: string;
  /** Empty: the object itself. */
  readonly path: readonly string[];
}

/**
 * Explains a field of a rendered object: the whole chain of candidates, which of them won, and why the others did
 * not.
 *
 * @returns undefined when no such object or field is rendered.
 * @throws RangeError when no namespace is given and objects in several have the kind and name.
 */
export function explainManifestField(
  loaded: LoadedValues,
  release: Release,
  field: ManifestField,
): ExplainedField | undefined {
  checkLoaded(loaded);
  checkField(field);
  const { kind, namespace, name, path } = field;
  const scope = scopeOf(loaded.chart, release, loaded.values);
  const chart = chartNamed(loaded.chart);
  const named = chart.objects
    .filter((candidate) => candidate.kind.toLowerCase() === kind.toLowerCase())
    .map((object) => ({ object, metadata: at(evaluate(object.template, scope), ['metadata']) }))
    .filter(({ metadata }) => at(metadata, ['name']) === name);
  const spaceOf = (one: (typeof named)[number]): unknown => at(one.metadata, ['namespace']);
  if (namespace === undefined && named.length > 1) {
    throw new RangeError(
      `expected the namespace of ${kind}/${name}, found none; it is rendered in ${named.map(spaceOf).join(' and ')}`,
    );
  }
  const object = named.find((one) => namespace === undefined || spaceOf(one) === namespace)?.object;
  if (object === undefined) return undefined;
  const explained = explainField(object.template, path, scope);
  return explained === undefined ? undefined : { ...explained, source: sourceOf(chart, object) };
}

/** An object of a chart under the name that it has, or would have, in a release. */
export interface ChartObjectState {
  readonly kind: string;
  /** Undefined of an object that is in none, or would be. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** The file of the chart that it comes from. */
  readonly source: string;
  /** Why it is not rendered; undefined when it is. */
  readonly absentBecause: string | undefined;
}

/** Every object of a chart, rendered or not. */
export function chartObjects(loaded: LoadedValues, release: Release): readonly ChartObjectState[] {
  checkLoaded(loaded);
  const scope = scopeOf(loaded.chart, release, loaded.values);
  const chart = chartNamed(loaded.chart);
  return chart.objects.map((object) => {
    const metadata = at(evaluateRegardless(object.template, scope), ['metadata']);
    const namespace = at(metadata, ['namespace']);
    return {
      kind: object.kind,
      namespace: namespace === undefined ? undefined : String(namespace),
      name: String(at(metadata, ['name'])),
      source: sourceOf(chart, object),
      absentBecause: reasonAbsent(object.template, [], scope),
    };
  });
}

/**
 * Why a rendered object lacks a field that it has under other values.
 *
 * @returns undefined when no value would bring the field.
 */
export function explainAbsentField(
  loaded: LoadedValues,
  release: Release,
  source: string,
  path: readonly string[],
): string | undefined {
  checkLoaded(loaded);
  checkText('source', source);
  checkPath('path', path);
  const scope = scopeOf(loaded.chart, release, loaded.values);
  const chart = chartNamed(loaded.chart);
  const object = chart.objects.find((candidate) => sourceOf(chart, candidate) === source);
  if (object === undefined) return undefined;
  return reasonAbsent(object.template, path, scope);
}

/** Explains a value by its path. Undefined when the chart has no such value. */
export function explainValue(
  loaded: LoadedValues,
  release: Release,
  path: readonly string[],
): ExplainedValue | undefined {
  checkLoaded(loaded);
  checkPath('path', path);
  const scope = scopeOf(loaded.chart, release, loaded.values);
  const definition = definitionAt(chartNamed(loaded.chart).values, path);
  if (definition === undefined) return undefined;
  const readBy = readersOf(loaded, scope, path.join('.'));
  const templates = chartNamed(loaded.chart).objects.map(({ template }) => template);
  return {
    path,
    description: definition.description,
    value: at(loaded.values, path),
    default: defaultAt(definition),
    origin: findOrigin(loaded.origins, path).value,
    readBy,
    unreadBecause:
      readBy.length > 0 || definition.kind === 'group' ? [] : reasonsUnread(templates, path.join('.'), scope),
  };
}

function defaultAt(definition: Definition): unknown {
  return definition.kind === 'group' ? undefined : definition.default;
}

function readersOf(loaded: LoadedValues, scope: Scope, path: string): readonly string[] {
  const chart = chartNamed(loaded.chart);
  return filesOf(chart)
    .filter((object) => {
      let reads = false;
      evaluate(object.template, scope, (read) => {
        reads ||= read === path || read.startsWith(`${path}.`) || path.startsWith(`${read}.`);
      });
      return reads;
    })
    .map((object) => sourceOf(chart, object));
}
