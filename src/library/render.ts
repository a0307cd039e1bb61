import { type Chart, charts } from '../chart/chart.ts';
import type { ChartObject } from '../chart/chart-object.ts';
import {
  compareBytes,
  type DataMap,
  type Environment,
  environmentOf,
  evaluateIn,
  isDataMap,
  type Scope,
} from '../template/index.ts';
import { charts as definitions } from '../values/chart-definition.ts';
import type { ChartName } from '../values/chart-name.ts';
import { constraintFindings } from '../values/check/constraint-findings.ts';
import { unreadFindings } from '../values/check/unread-findings.ts';
import { compareKinds } from './kind-order.ts';
import type { LoadedValues } from './load.ts';
import { hasErrors, type Problem, problemOf } from './problem.ts';
import { type Release, scopeOf } from './release.ts';

/** An object as Kubernetes takes it. */
export type Manifest = DataMap & { readonly apiVersion: string; readonly kind: string };

/** A rendered object and the file of the chart that it comes from. */
export interface RenderedManifest {
  /** As in Helm's header: `kubebyon-multi-node/templates/workload-gateway.yaml`. */
  readonly source: string;
  readonly manifest: Manifest;
}

/** What rendering gives: the objects, or what is in the way. */
export interface Rendered {
  /** In Helm's order; empty when a problem is an error. */
  readonly manifests: readonly RenderedManifest[];
  readonly problems: readonly Problem[];
}

/**
 * Renders every object that a chart installs, as `helm template` does (hooks left out).
 *
 * Pure and total: the same values and release give the same objects, and bad values give problems instead.
 */
export function render(loaded: LoadedValues, release: Release): Rendered {
  const scope = scopeOf(loaded.chart, release, loaded.values);
  const errors = errorsOf(loaded, scope);
  if (hasErrors(errors)) return { manifests: [], problems: errors };
  const read = new Set<string>();
  const environment = environmentOf(scope, (path) => read.add(path));
  const manifests = evaluateObjects(loaded.chart, environment);
  return { manifests, problems: [...errors, ...warningsOf(loaded, environment, read)] };
}

/** Everything that is wrong with values and release: all errors at once, or, without errors, all warnings. */
export function validate(loaded: LoadedValues, release: Release): readonly Problem[] {
  return render(loaded, release).problems;
}

/**
 * Evaluates the objects of a chart without checking anything. For callers that have checked the values, or have
 * made them: with values that `validate` refuses, the objects may be ones that Kubernetes refuses.
 *
 * @param values complete values, as `LoadedValues.values`.
 */
export function evaluateChart(
  chart: ChartName,
  values: DataMap,
  release: Release,
): readonly RenderedManifest[] {
  return evaluateObjects(chart, environmentOf(scopeOf(chart, release, values)));
}

function errorsOf(loaded: LoadedValues, scope: Scope): readonly Problem[] {
  const refused = loaded.problems.map(({ path }) => path);
  const findings =
    refused.length === 0
      ? constraintFindings(loaded.chart, scope)
      : constraintFindings(loaded.chart, scope, (path) => isRefused(path, refused));
  if (findings.length === 0) return loaded.problems;
  return [...loaded.problems, ...findings.map((finding) => problemOf(finding, loaded.origins))];
}

/** A value is refused when it, something in it, or a section around it is. */
function isRefused(path: string, refused: readonly string[]): boolean {
  return refused.some(
    (other) =>
      other === path ||
      other.startsWith(`${path}.`) ||
      other.startsWith(`${path}[`) ||
      (other !== '' && path.startsWith(`${other}.`)),
  );
}

/** What the objects have read is known; what the tests read as well is found out here. */
function warningsOf(
  loaded: LoadedValues,
  environment: Environment,
  read: ReadonlySet<string>,
): readonly Problem[] {
  const { objects, tests } = charts[loaded.chart];
  for (const { template } of tests) evaluateIn(template, environment);
  const templates = [...objects, ...tests].map(({ template }) => template);
  const definition = definitions[loaded.chart];
  return unreadFindings(definition, loaded.user, read, templates, environment.scope).map((finding) =>
    problemOf(finding, loaded.origins),
  );
}

function evaluateObjects(chartName: ChartName, environment: Environment): readonly RenderedManifest[] {
  const manifests: RenderedManifest[] = [];
  for (const { source, object } of objectsInOrder(chartName)) {
    const manifest = evaluateIn(object.template, environment);
    if (isManifest(manifest)) manifests.push({ source, manifest });
  }
  return manifests;
}

interface OrderedObject {
  readonly source: string;
  readonly kind: string;
  readonly object: ChartObject;
}

const ordered = new Map<ChartName, readonly OrderedObject[]>();

/** The kinds of objects are fixed, so their order is too: by kind, then by file (as Helm sorts). */
function objectsInOrder(chartName: ChartName): readonly OrderedObject[] {
  const known = ordered.get(chartName);
  if (known !== undefined) return known;
  const made = sortObjects(charts[chartName]);
  ordered.set(chartName, made);
  return made;
}

function sortObjects(chart: Chart): readonly OrderedObject[] {
  return chart.objects
    .map((object) => ({ source: sourceOf(chart, object), kind: object.kind, object }))
    .sort((a, b) => compareKinds(a.kind, b.kind) || compareBytes(a.source, b.source));
}

/** The path of an object's template, as Helm prints it. */
export function sourceOf(chart: Chart, object: ChartObject): string {
  return `${chart.name}/templates/${object.file}.yaml`;
}

function isManifest(data: unknown): data is Manifest {
  return isDataMap(data) && typeof data.apiVersion === 'string' && typeof data.kind === 'string';
}
