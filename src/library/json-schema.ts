import { type ChartName, chartNamed } from '../chart/charts.ts';
import type { DataMap } from '../template/index.ts';
import { schemaOfValues } from '../values/json-schema.ts';

/** The JSON Schema (draft-07) of a chart's values: what Helm checks as values.schema.json. */
export function jsonSchema(chart: ChartName): DataMap {
  return schemaOfValues(chartNamed(chart));
}
