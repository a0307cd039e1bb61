import { type ChartName, chartNamed } from '../chart/charts.ts';
import { completeValues } from '../values/check/complete.ts';
import { fragmentFindings } from '../values/check/fragment-findings.ts';
import { schemaFindings } from '../values/check/schema-findings.ts';
import { defaultData } from '../values/definition.ts';
import {
  coalesce,
  frozenPlain,
  layerSources,
  type PlainMap,
  type ReadYaml,
  readPlainValues,
  type SourcedMap,
  type ValueSource,
} from '../values/load/index.ts';
import { oncePerChart } from '../values/once-per-chart.ts';
import { MAX_VALUES, type ReadProblemCode, readDocument } from '../yaml/index.ts';
import { checkSources } from './arguments.ts';
import { fragmentPlacesOf } from './fragment-places.ts';
import { type Problem, problemOf, problemOfLoad } from './problem.ts';
import type { UserValuesByChart, ValuesByChart } from './typed-values.ts';

/** Values as Helm would give them to a chart, and everything that is known about them. */
export interface LoadedValues<C extends ChartName = ChartName> {
  readonly chart: C;
  /**
   * Complete values: every key is there, also where there are problems. Then a text may be none of its words, and what is in
   * lists and pieces of manifests is as it was written.
   */
  readonly values: ValuesByChart[C];
  /** What the user wrote, before defaults. */
  readonly user: PlainMap;
  /** Where each of it was written; see `findOrigin`. */
  readonly origins: SourcedMap;
  /** What is wrong with the sources, and with the values by the schema. */
  readonly problems: readonly Problem[];
}

/**
 * Loads and layers values as Helm does: all files in order, then the flags by kind, then the chart's defaults below.
 *
 * Never throws for bad input: what is wrong stands in `problems`, everything at once. Source: Helm docs, "Values
 * Files" and "The Format and Limitations of --set".
 *
 * @param sources files (already read) and flags.
 * @throws RangeError for an unknown chart, TypeError for sources that are none.
 */
export function loadValues<C extends ChartName>(chart: C, sources: readonly ValueSource[]): LoadedValues<C> {
  checkSources(sources);
  const { user, origins, problems } = layerSources(sources, readDocument as ReadYaml<ReadProblemCode>);
  return withDefaults(chart, user, origins, problems.map(problemOfLoad));
}

/**
 * The same for values that are data already, as those of a test or of a build tool.
 *
 * @param values what the user would write; defaults are filled in. What no values file can say is a problem.
 */
export function valuesFrom<C extends ChartName>(chart: C, values: UserValuesByChart[C]): LoadedValues<C> {
  const read = readPlainValues(values, MAX_VALUES);
  if (read.findings.length === 0) return withDefaults(chart, read.values, NOWHERE, []);
  const problems = read.findings.map((finding) => problemOf(finding, NOWHERE));
  return withDefaults(chart, {}, NOWHERE, problems);
}

const NOWHERE: SourcedMap = {
  kind: 'map',
  origin: { file: '', line: null, column: null },
  entries: new Map(),
};

function withDefaults<C extends ChartName>(
  chart: C,
  user: PlainMap,
  origins: SourcedMap,
  loadProblems: readonly Problem[],
): LoadedValues<C> {
  const definition = chartNamed(chart).values;
  const { values: coalesced } = coalesce(user, plainDefaults(chart));
  const findings = [
    ...schemaFindings(chart, definition, coalesced),
    ...fragmentFindings(fragmentPlacesOf(chart), coalesced, user),
  ];
  return {
    chart,
    // The type is written out of this definition, after which the values are completed.
    values: completeValues(definition, coalesced) as unknown as ValuesByChart[C],
    user,
    origins,
    problems: [...loadProblems, ...findings.map((finding) => problemOf(finding, origins))],
  };
}

/** The defaults of a chart: the content of its values.yaml. Frozen at every depth, since all callers get the same. */
export function defaultValues<C extends ChartName>(chart: C): ValuesByChart[C] {
  // As in completed values.
  return plainDefaults(chart) as unknown as ValuesByChart[C];
}

const plainDefaults = oncePerChart((chart: ChartName) =>
  frozenPlain(defaultData(chartNamed(chart).values) as PlainMap),
);
