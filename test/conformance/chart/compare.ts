import { type ChartName, loadValues, type ValueSource } from '../../../src/index.ts';
import type { HelmVersion } from '../support/helm.ts';
import { type HelmBatch, type Rendering, renderAll } from '../support/helm-batch.ts';
import { type HelmRelease, helmJob, RELEASE } from './helm-jobs.ts';
import { difference, helmOutcome, type Outcome, ourOutcome } from './outcome.ts';

/** Values for a chart, and a name for failure messages. */
export interface Comparison {
  readonly name: string;
  readonly chart: ChartName;
  readonly sources: readonly ValueSource[];
  /** {@link RELEASE} unless given. */
  readonly release?: HelmRelease;
}

/** How many comparisons ended how, and those in which Helm and the library differ. */
export interface Tally {
  readonly kinds: Readonly<Record<Outcome['kind'], number>>;
  readonly differences: readonly string[];
}

/** Renders everything with a Helm and with the library. */
export async function compareAll(version: HelmVersion, comparisons: readonly Comparison[]): Promise<Tally> {
  const jobs = comparisons.map(({ chart, sources, release = RELEASE }) => helmJob(chart, sources, release));
  const renderings = await renderAll(version, jobs);
  const kinds = { objects: 0, unreadable: 0, schema: 0, constraints: 0, release: 0 };
  const differences = comparisons.flatMap((comparison, index) => {
    const { name, chart, sources, release = RELEASE } = comparison;
    const rendering = renderings[index];
    if (rendering === undefined) return [`${name}: no answer`];
    const ours = ourOutcome(chart, sources, release);
    kinds[ours.kind] += 1;
    const differs = difference(ours, helmsOutcome(version, comparison, rendering));
    return differs === undefined ? [] : [`${chart} ${name}: ${differs}`];
  });
  return { kinds, differences };
}

/** The same for one set of values; undefined when Helm and the library agree. */
export async function compareOne(
  version: HelmVersion,
  batch: HelmBatch,
  comparison: Comparison,
): Promise<string | undefined> {
  const { chart, sources, release = RELEASE } = comparison;
  const rendering = await batch.template(helmJob(chart, sources, release));
  return difference(ourOutcome(chart, sources, release), helmsOutcome(version, comparison, rendering));
}

function helmsOutcome(version: HelmVersion, { chart, sources }: Comparison, rendering: Rendering): Outcome {
  const outcome = helmOutcome(rendering);
  const isChanged = version === '3.17' && outcome.kind === 'schema' && changesSilently(chart, sources);
  return isChanged ? { kind: 'schema', paths: 'not told' } : outcome;
}

/**
 * Whether Helm 3.17 changes values before its schema validation, which writes them as YAML and reads them again. It
 * refuses them like the others, but cannot name all paths.
 */
function changesSilently(chart: ChartName, sources: readonly ValueSource[]): boolean {
  return /\u0085|"<<":/.test(JSON.stringify(loadValues(chart, sources).user));
}
