import { CHART_NAMES, chartNamed } from '../../src/chart/charts.ts';
import {
  type ChartName,
  hasErrors,
  type Manifest,
  type Release,
  render,
  valuesFrom,
} from '../../src/index.ts';
import { scopeOf } from '../../src/library/release.ts';
import { evaluate } from '../../src/template/index.ts';
import type { PlainMap } from '../../src/values/load/index.ts';
import { USUAL_RELEASE } from './cases.ts';
import { dig, digList, digText } from './rules/dig.ts';

/** All charts, for `describe.each`. */
export const CHARTS = CHART_NAMES;

/** The objects of a release, in order. Throws when the values are refused. */
export function objectsOf(
  chart: ChartName,
  values: PlainMap,
  release: Release = USUAL_RELEASE,
): readonly Manifest[] {
  const { manifests, problems } = render(valuesFrom(chart, values), release);
  if (hasErrors(problems))
    throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return manifests.map(({ manifest }) => manifest);
}

/** What Helm makes before it uninstalls a release, in the order of the chart. */
export function hooksOf(
  chart: ChartName,
  values: PlainMap,
  release: Release = USUAL_RELEASE,
): readonly Manifest[] {
  const loaded = valuesFrom(chart, values);
  if (hasErrors(loaded.problems)) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const scope = scopeOf(chart, release, loaded.values);
  return chartNamed(chart)
    .hooks.map(({ template }) => evaluate(template, scope))
    .filter((object): object is Manifest => typeof object === 'object' && object !== null);
}

/** The names of all objects of a kind. */
export function namesOf(objects: readonly Manifest[], kind: string): readonly string[] {
  return objects
    .filter((object) => object.kind === kind)
    .map((object) => digText(object, 'metadata', 'name'));
}

/** The one object of a kind and name. */
export function objectOf(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const [found, ...more] = objects.filter(
    (object) => object.kind === kind && dig(object, 'metadata', 'name') === name,
  );
  if (found === undefined || more.length > 0) throw new Error(`not one ${kind}/${name}`);
  return found;
}

/** A container of a Deployment or DaemonSet by its name; undefined when there is none. */
export function containerOf(workload: Manifest, name: string): unknown {
  return digList(workload, 'spec', 'template', 'spec', 'containers').find(
    (container) => dig(container, 'name') === name,
  );
}

/** The literal environment of a container, as pairs in order. */
export function environmentOf(
  workload: Manifest,
  container: string,
): readonly (readonly [string, unknown])[] {
  return digList(containerOf(workload, container), 'env').map((variable) => [
    digText(variable, 'name'),
    dig(variable, 'value'),
  ]);
}

/** Values with the given entries on, as few as each needs. */
export const PLATFORM = {
  enabled: true,
  hostname: 'kubebyon.example.com',
  tlsSecretName: 'kubebyon-platform-tls',
} as const;

/** gatewayapi with these values of gatewayAPI. */
export function gatewayValues(gatewayAPI: PlainMap, more: PlainMap = {}): PlainMap {
  return { publicAccess: { provider: 'gatewayapi' }, gatewayAPI, ...more };
}
