import type { ChartName } from '../chart/charts.ts';
import { type PodSource, pods } from '../chart/pods.ts';
import { at, type DataMap, type Environment, evaluate, isDataMap } from '../template/index.ts';
import type { Finding } from '../values/check/finding.ts';
import { isWritten } from '../values/check/fragment-findings.ts';
import { checkLimits } from '../values/kubernetes/pod/limits.ts';
import { checkNames } from '../values/kubernetes/pod/names.ts';
import { type ChartPod, placeOf } from '../values/kubernetes/pod/pod.ts';
import { checkReferences } from '../values/kubernetes/pod/references.ts';
import { spreadFindings, variableFindings } from '../values/kubernetes/pod/variables.ts';
import type { PlainMap } from '../values/load/plain.ts';
import { oncePerChart } from '../values/once-per-chart.ts';
import type { MadeObjects } from './evaluation.ts';
import { fragmentPlacesOf } from './fragment-places.ts';

/**
 * What the API server has against a Pod as a whole: what the values add to it, beside what the chart puts in. A Pod that
 * is not rendered, or that the values add nothing to, is not looked at.
 *
 * @param user what the user wrote, before defaults.
 * @param objects the objects of the chart as rendered.
 */
export function podFindings(
  chart: ChartName,
  user: PlainMap,
  environment: Environment,
  objects: MadeObjects,
): readonly Finding[] {
  return pods.flatMap((source) => {
    const written = user[source.section];
    if (!isDataMap(written) || !addsTo(chart, source.section, user)) return [];
    const pod = renderedPod(source, written, environment, objects);
    return pod === undefined ? [] : findingsOf(pod, source, environment);
  });
}

/** Types of pieces that are judged by themselves: whatever they say, it contradicts nothing else in their Pod. */
const BY_THEMSELVES: ReadonlySet<string> = new Set([
  'Affinity',
  'Probe',
  'ResourceRequirements',
  'Toleration',
]);

/** The places of all other pieces, by the section of their Pod. */
const placesBySection = oncePerChart((chart: ChartName) =>
  Map.groupBy(
    fragmentPlacesOf(chart).filter(({ definition }) => !BY_THEMSELVES.has(definition.of)),
    ({ path }) => path[0],
  ),
);

function addsTo(chart: ChartName, section: string, user: PlainMap): boolean {
  const places = placesBySection(chart).get(section) ?? [];
  return places.some(({ path }) => isWritten(user, path));
}

function renderedPod(
  { section, file }: PodSource,
  written: DataMap,
  environment: Environment,
  objects: MadeObjects,
): ChartPod | undefined {
  const spec = at(objects.get(file), ['spec', 'template', 'spec']);
  const values = environment.scope.values[section];
  return isDataMap(spec) && isDataMap(values) ? { section, values, written, spec } : undefined;
}

function findingsOf(pod: ChartPod, { variables }: PodSource, environment: Environment): readonly Finding[] {
  const findings: Finding[] = [];
  const place = placeOf(pod, findings);
  checkNames(pod, place);
  checkReferences(pod, place);
  checkLimits(pod, place);
  const known = variables().map(({ name, value }) => ({ name, from: () => keysBehind(value, environment) }));
  return [...findings, ...variableFindings(pod, known), ...spreadFindings(pod)];
}

/** The values that a variable follows from, as paths. */
function keysBehind(value: unknown, { scope }: Environment): readonly string[] {
  const read = new Set<string>();
  evaluate(value, scope, (path) => read.add(path));
  return [...read];
}
