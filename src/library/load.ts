import { type ChartName, chartNamed } from '../chart/charts.ts';
import type { DataMap } from '../template/index.ts';
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
import { MAX_VALUES, readDocument } from '../yaml/index.ts';
import { checkSources } from './arguments.ts';
import { fragmentPlacesOf } from './fragment-places.ts';
import { type Problem, problemOf, problemOfLoad } from './problem.ts';

/** Values as Helm would give them to a chart, and everything that is known about them. */
export interface LoadedValues {
  readonly chart: ChartName;
  /** Complete values: every key is there and of its type, also where there are problems. */
  readonly values: DataMap;
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
export function loadValues(chart: ChartName, sources: readonly ValueSource[]): LoadedValues {
  checkSources(sources);
  const { user, origins, problems } = layerSources(sources, readDocument as ReadYaml);
  return withDefaults(chart, user, origins, problems.map(problemOfLoad));
}

/**
 * The same for values that are data already, as those of a test or of a build tool.
 *
 * @param values what the user would write; defaults are filled in. What no values file can say is a problem.
 */
export function valuesFrom(chart: ChartName, values: PlainMap): LoadedValues {
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

function withDefaults(
  chart: ChartName,
  user: PlainMap,
  origins: SourcedMap,
  loadProblems: readonly Problem[],
): LoadedValues {
  const definition = chartNamed(chart).values;
  const { values: coalesced } = coalesce(user, defaultValues(chart));
  const findings = [
    ...schemaFindings(chart, definition, coalesced),
    ...fragmentFindings(fragmentPlacesOf(chart), coalesced, user),
  ];
  return {
    chart,
    values: completeValues(definition, coalesced) as DataMap,
    user,
    origins,
    problems: [...loadProblems, ...findings.map((finding) => problemOf(finding, origins))],
  };
}

/** The defaults of a chart: the content of its values.yaml. Frozen at every depth, since all callers get the same. */
export const defaultValues: (chart: ChartName) => PlainMap = oncePerChart((chart: ChartName) =>
  frozenPlain(defaultData(chartNamed(chart).values) as PlainMap),
);
