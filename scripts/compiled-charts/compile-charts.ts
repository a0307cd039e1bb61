import type { Chart, ChartObject } from '../../src/chart/chart-object.ts';
import { CHARTS } from '../../src/chart/charts.ts';
import { inOrder } from '../../src/library/evaluation.ts';
import { nodeOf } from '../../src/template/index.ts';
import { conditionText } from './expressions.ts';
import { emptyProgram, type Program } from './program.ts';
import { templateText } from './templates.ts';

/** What the program calls; see `runtime.ts`. */
const RUNTIME = [
  'add',
  'boundedName',
  'contextOf',
  'emptyOf',
  'entriesOf',
  'entriesText',
  'firstNonEmpty',
  'isEmptyData',
  'keysOf',
  'lay',
  'listOf',
  'partOf',
  'readValue',
  'sorted',
];

const LOOKUPS = `
const EXPRESSIONS = [];

function valueAt(c, path) {
  return (c.values[path] ??= readValue(c, PATHS[path]));
}

function pattern(number) {
  return (EXPRESSIONS[number] ??= new RegExp(PATTERNS[number], 'u'));
}
`;

const EXPORTS = `
export function madeObjects(chart, environment) {
  const c = contextOf(environment);
  return new Map(COMPILED[chart].objects.map(([file, make]) => [file, make(c)]));
}

export function readByTestsAndHooks(chart, environment) {
  const c = contextOf(environment);
  for (const make of COMPILED[chart].others) make(c);
}

export function breaksConstraint(chart, scope) {
  return COMPILED[chart].isBroken(contextOf({ scope }));
}
`;

/**
 * Writes a module with the exports of `src/library/evaluation.ts`, in which the templates and constraints of all charts are
 * functions: no definition is loaded to call them, and nothing is made ready.
 *
 * @param runtime the path by which the module imports `runtime.ts`.
 */
export function compileCharts(runtime: string): string {
  const program = emptyProgram();
  const charts = CHARTS.map((chart) => `${JSON.stringify(chart.id)}: ${chartText(chart, program)}`);
  return moduleText(runtime, program, `const COMPILED = {${charts.join(',\n')}};\n${EXPORTS}`);
}

/** The module of a program: what its functions call, the functions, and what is made of them. */
export function moduleText(runtime: string, program: Program, rest: string): string {
  const imports = `import { ${RUNTIME.join(', ')} } from ${JSON.stringify(runtime)};`;
  return [imports, program.text(), LOOKUPS, rest].join('\n');
}

function chartText(chart: Chart, program: Program): string {
  const objects = inOrder(chart.objects).map(
    (object) => `[${JSON.stringify(object.file)}, ${objectName(object, program)}]`,
  );
  const others = [...chart.tests, ...chart.hooks].map((object) => objectName(object, program));
  const constraints = chart.constraints.map(({ brokenWhen }) => conditionText(nodeOf(brokenWhen), program));
  return `{ objects: [${objects.join(', ')}], others: [${others.join(', ')}], isBroken: (c) => ${constraints.join(' ||\n')} }`;
}

function objectName(object: ChartObject, program: Program): string {
  return program.once(object, () => ({
    name: object.file,
    text: templateText(object.template, program),
  }));
}
