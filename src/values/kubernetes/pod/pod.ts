import { isDataMap } from '../../../template/index.ts';
import type { Finding } from '../../check/finding.ts';
import { listOf, mapsOf, type Place, type Sound } from '../meaning/report.ts';

/** A Pod of the chart: what is rendered of it, and the section of the values that adds to it. */
export interface ChartPod {
  /** The section, as `api`. */
  readonly section: string;
  /** The values of the section. Their pieces need not be sound: what has another shape counts as not there. */
  readonly values: Sound;
  /** What the user wrote of it. */
  readonly written: Sound;
  /** The rendered PodSpec: what the chart puts in by itself, then what the values add. */
  readonly spec: Sound;
}

/** The first container, to which the values of the section add. */
export function mainContainer({ spec }: ChartPod): Sound {
  const [first] = listOf(spec, 'containers');
  return isDataMap(first) ? first : {};
}

/** What the chart puts into a list by itself, to which the values add at the end. */
export function ownItems(list: Sound, key: string, { values }: ChartPod, extraKey: string): readonly Sound[] {
  const items = listOf(list, key);
  const own = items.slice(0, Math.max(0, items.length - listOf(values, extraKey).length));
  return own.filter(isDataMap);
}

/** A container of the Pod and where the values say it; the chart's own stand nowhere. */
export interface PlacedContainer {
  readonly container: Sound;
  readonly path: readonly (string | number)[] | undefined;
}

/** Every container of a Pod: the chart's own, then those that the values add. */
export function containersOf(pod: ChartPod): readonly PlacedContainer[] {
  const added = ['extraContainers', 'extraInitContainers'].flatMap((key) =>
    mapsOf(pod.values, key).map(([index, container]) => ({ container, path: [key, index] })),
  );
  const own = ownItems(pod.spec, 'containers', pod, 'extraContainers');
  return [...own.map((container) => ({ container, path: undefined })), ...added];
}

/** Whether a Pod uses the network of its Node. */
export function usesHostNetwork({ spec }: ChartPod): boolean {
  return spec.hostNetwork === true;
}

/** Where findings about a Pod go. */
export function placeOf({ section }: ChartPod, findings: Finding[]): Place {
  return { path: [section], findings };
}
