import { type Chart, type ChartObject, filesOf } from '../chart/chart-object.ts';
import { type ChartName, chartNamed } from '../chart/charts.ts';
import { type Environment, environmentOf, isDataMap, type Scope } from '../template/index.ts';
import { adviceFindings } from '../values/check/advice-findings.ts';
import { compileConstraints, constraintFindings } from '../values/check/constraint-findings.ts';
import type { Finding } from '../values/check/finding.ts';
import { unreadFindings } from '../values/check/unread-findings.ts';
import { oncePerChart } from '../values/once-per-chart.ts';
import { checkComplete, checkLoaded } from './arguments.ts';
import { breaksConstraint, type MadeObjects, madeObjects, readByTestsAndHooks } from './evaluation.ts';
import type { LoadedValues } from './load.ts';
import type { Manifest, RenderedManifest } from './manifest.ts';
import { podFindings } from './pod-findings.ts';
import { hasErrors, type Problem, problemOf } from './problem.ts';
import { type Release, scopeOf } from './release.ts';
import type { ValuesByChart } from './typed-values.ts';

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
 *
 * @throws TypeError for an argument of another type, naming it; `{ namespce }` in a release as well.
 */
export function render(loaded: LoadedValues, release: Release): Rendered {
  checkLoaded(loaded);
  const scope = scopeOf(loaded.chart, release, loaded.values);
  const read = new Set<string>();
  const environment = environmentOf(scope, (path) => read.add(path));
  const objects = madeObjects(loaded.chart, environment);
  const errors = errorsOf(loaded, environment, objects);
  if (hasErrors(errors)) return { manifests: [], problems: errors };
  const manifests = manifestsOf(loaded.chart, objects);
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
 * @throws TypeError naming the argument for values that are not complete.
 */
export function evaluateChart<C extends ChartName>(
  chart: C,
  values: ValuesByChart[C],
  release: Release,
): readonly RenderedManifest[] {
  checkComplete(values, chartNamed(chart).values);
  return manifestsOf(chart, madeObjects(chart, environmentOf(scopeOf(chart, release, values))));
}

function errorsOf(loaded: LoadedValues, environment: Environment, objects: MadeObjects): readonly Problem[] {
  const { scope } = environment;
  const findings = brokenConstraints(loaded, scope);
  const pods = podFindings(loaded.chart, loaded.user, environment, objects);
  const all = [...findings, ...pods, ...adviceFindings(scope)];
  if (all.length === 0) return loaded.problems;
  const problems = [...loaded.problems, ...all.map((finding) => problemOf(finding, loaded.origins))];
  return hasErrors(problems) ? withoutAdvice(problems, loaded) : problems;
}

/** Beside errors, a warning about values that may be others by then would be in the way. */
function withoutAdvice(problems: readonly Problem[], { problems: told }: LoadedValues): readonly Problem[] {
  return problems.filter((problem) => problem.severity === 'error' || told.includes(problem));
}

function brokenConstraints({ chart, problems }: LoadedValues, scope: Scope): readonly Finding[] {
  if (!breaksConstraint(chart, scope)) return [];
  const refused = problems.map(({ path }) => path);
  return refused.length === 0
    ? constraintFindings(constraintsOf(chart), scope)
    : constraintFindings(constraintsOf(chart), scope, (path) => isRefused(path, refused));
}

const constraintsOf = oncePerChart((chart: ChartName) => compileConstraints(chartNamed(chart).constraints));

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

/** What the objects have read is known; what tests and hooks read as well is found out here. */
function warningsOf(
  loaded: LoadedValues,
  environment: Environment,
  read: ReadonlySet<string>,
): readonly Problem[] {
  readByTestsAndHooks(loaded.chart, environment);
  const chart = chartNamed(loaded.chart);
  const templates = () => filesOf(chart).map(({ template }) => template);
  return unreadFindings(chart.values, loaded.user, read, templates, environment.scope).map((finding) =>
    problemOf(finding, loaded.origins),
  );
}

function manifestsOf(chart: ChartName, objects: MadeObjects): readonly RenderedManifest[] {
  const manifests: RenderedManifest[] = [];
  for (const [file, manifest] of objects) {
    if (isManifest(manifest)) manifests.push({ source: sourceOf(chartNamed(chart), { file }), manifest });
  }
  return manifests;
}

/** The path of an object's template, as Helm prints it. */
export function sourceOf(chart: Chart, object: Pick<ChartObject, 'file'>): string {
  return `${chart.name}/templates/${object.file}.yaml`;
}

/** The types of the templates say that it is one of the charts' objects, once it is one at all. */
function isManifest(data: unknown): data is Manifest {
  return isDataMap(data) && typeof data.apiVersion === 'string' && typeof data.kind === 'string';
}
