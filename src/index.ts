/**
 * kubebyon-gateway as a library: values in, manifests out. Pure functions over plain data; nothing here reads files,
 * the clock or the environment, so it runs in a browser as well.
 *
 * ```ts
 * import { loadValues, render, toYaml } from 'kubebyon-gateway';
 *
 * const values = loadValues('multi-node', [{ kind: 'file', name: 'values.yaml', text }]);
 * const { manifests, problems } = render(values, { name: 'kubebyon', namespace: 'kubebyon-system' });
 * ```
 */

export type { ChartName } from './chart/charts.ts';
export { type Comparison, compareWithGolden } from './library/compare.ts';
export {
  type ChartObjectState,
  chartObjects,
  type ExplainedField,
  type ExplainedValue,
  explainAbsentField,
  explainManifestField,
  explainValue,
} from './library/explain.ts';
export { jsonSchema } from './library/json-schema.ts';
export { defaultValues, type LoadedValues, loadValues, valuesFrom } from './library/load.ts';
export type { KubernetesObject, Manifest, RenderedManifest, SourcedObject } from './library/manifest.ts';
export { hasErrors, type Problem, type ProblemCode } from './library/problem.ts';
export type { Release } from './library/release.ts';
export { evaluateChart, type Rendered, render, validate } from './library/render.ts';
export { toYaml } from './library/to-yaml.ts';
export type {
  MultiNodeUserValues,
  MultiNodeValues,
  SingleNodeUserValues,
  SingleNodeValues,
  UserValuesByChart,
  ValuesByChart,
} from './library/typed-values.ts';
export { APP_VERSION, VERSION } from './library/version.ts';
export type { Explanation } from './template/index.ts';
export { type Origin, setFilePaths, type ValueSource } from './values/load/index.ts';
export { emitDocument, emitDocuments } from './yaml/index.ts';
