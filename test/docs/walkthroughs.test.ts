import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scratchCopy } from '../support/scratch.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');

/** The files that a section of docs/architecture.md says a change touches. */
function touched(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const sentence = /^Touches[^:]*: ([\s\S]*?)\.\n/m.exec(section)?.[1] ?? '';
  return [...sentence.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? '').sort();
}

/** One edit of a contributor: a text of a file and what it becomes; without a text the file is new. */
interface Edit {
  readonly file: string;
  readonly from?: string;
  readonly to: string;
}

const RULE: readonly Edit[] = [
  {
    file: 'src/planner/https/order-rules.ts',
    from: '/** Why no certificate is ordered for a self-managed hostname',
    to: `const neverForLocal: OrderRule = {
  name: 'NeverForLocal',
  says: 'Nothing is ordered for a name of the local network.',
  source: 'RFC 6762',
  decide: ({ hostname }) => (hostname.endsWith('.local') ? KEEP : undefined),
};

/** Why no certificate is ordered for a self-managed hostname`,
  },
  { file: 'src/planner/https/order-rules.ts', from: '  paused,\n];', to: '  paused,\n  neverForLocal,\n];' },
  {
    file: 'test/planner/rules/certificates.ts',
    from: '  Paused: {',
    to: "  NeverForLocal: {\n    when: 'a printer is bound',\n    facts: () => order({ hostname: 'x.local' }),\n    verdict: KEPT,\n  },\n  Paused: {",
  },
];

const VARIABLE: readonly Edit[] = [
  {
    file: 'src/contract/runtime-config.ts',
    from: '  /** Dedicated listeners may go to ListenerSets. */',
    to: '  /** A colour. */\n  readonly colour: string;\n  /** Dedicated listeners may go to ListenerSets. */',
  },
  {
    file: 'src/contract/variables/edge.ts',
    from: '  listenerSets: {',
    to: `  colour: {
    name: 'KUBEBYON_EDGE_COLOUR',
    path: 'workload.colour',
    grammar: namespace,
    description: 'a colour',
    ...TOLD,
  },
  listenerSets: {`,
  },
  {
    file: 'src/contract/variables/edge.ts',
    from: 'import { flag, hostnames }',
    to: 'import { flag, hostnames, namespace }',
  },
  {
    file: 'src/chart/parts/environment.ts',
    from: '  listenerSets: toText(workload.listenerSets),',
    to: "  colour: 'green',\n  listenerSets: toText(workload.listenerSets),",
  },
];

const CHART_OBJECT: readonly Edit[] = [
  {
    file: 'src/chart/web-notice.ts',
    to: `import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { when } from '../template/index.ts';
import { names } from '../values/names.ts';
import { chartObject } from './chart-object.ts';
import { usesWeb } from './parts/conditions.ts';

export const webNotice = chartObject<IConfigMap>(
  'web-notice',
  when(usesWeb, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: names.web }, data: { notice: 'hello' } }),
);
`,
  },
  { file: 'src/chart/single-node.ts', from: '  webService,\n', to: '  webNotice,\n  webService,\n' },
  {
    file: 'src/chart/single-node.ts',
    from: 'import { webService }',
    to: "import { webNotice } from './web-notice.ts';\nimport { webService }",
  },
];

const CHART: readonly Edit[] = [
  {
    file: 'src/chart/charts.ts',
    from: '] as const satisfies',
    to: `  {
    id: 'edge',
    name: 'kubebyon-edge',
    title: 'KubeBYON at the edge',
    parts: 'the API and the public entries',
    values: singleNodeValues,
    constraints: commonConstraints,
    objects: singleNodeObjects,
    tests: [],
    hooks: [],
  },
] as const satisfies`,
  },
];

const SEEN = `
import { CHART_NAMES } from './src/chart/charts.ts';
import { chartFiles } from './src/helm/chart-files.ts';
import { defaultValues, evaluateChart, jsonSchema } from './src/index.ts';
import { parseRuntimeConfig } from './src/planner/index.ts';
import { DECISIONS } from './src/planner/decisions.ts';
import { CONFIG_VARIABLES } from './src/contract/variables/index.ts';

const values = structuredClone(defaultValues('single-node'));
values.publicAccess.provider = 'gatewayapi';
values.gatewayAPI.workload.enabled = true;
values.gatewayAPI.platform.enabled = true;
values.web.enabled = true;
const manifests = evaluateChart('single-node', values, { name: 'x' }).map(({ manifest }) => manifest);
const api = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('api'));
const env = Object.fromEntries(api.spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]));
const parsed = parseRuntimeConfig(env);
const versions = { version: '1.0.0', appVersion: '1.0.0' };
console.log(JSON.stringify({
  rules: DECISIONS.find(({ list }) => list === 'ORDER_RULES').rules.map(({ name }) => name),
  told: env.KUBEBYON_EDGE_COLOUR,
  parsed: parsed.ok ? parsed.config.workload.colour : parsed.problems,
  rows: CONFIG_VARIABLES.map(({ path }) => path),
  kinds: manifests.map(({ kind }) => kind),
  template: chartFiles('single-node', versions).get('templates/web-notice.yaml'),
  charts: CHART_NAMES,
  schema: jsonSchema('edge').title,
  folder: chartFiles('edge', versions).get('Chart.yaml'),
}));
`;

const VALUES_TYPES = `
import { valuesTypesSource } from './scripts/values-types.ts';
console.log(valuesTypesSource());
`;

describe('what docs/architecture.md says a contributor does', () => {
  const copy = scratchCopy(['src', 'scripts', 'test/planner/rules', 'test/support', 'LICENSE']);
  afterAll(copy.remove);

  copy.edit(
    'tsconfig.json',
    '["src", "test", "scripts", "tools", "bench/*.ts", "*.config.ts"]',
    '["src", "test/planner/rules"]',
  );
  for (const { file, from, to } of [...RULE, ...VARIABLE, ...CHART_OBJECT, ...CHART]) {
    if (from === undefined) copy.write(file, to);
    else copy.edit(file, from, to);
  }
  // The builder of worlds is the test suite's own, and it says of every value of the config what it is.
  copy.edit(
    'test/support/worlds.ts',
    '    listenerSets: false,\n',
    "    colour: 'green',\n    listenerSets: false,\n",
  );
  // What `npm run generate` writes of it.
  copy.write('src/generated/values-types.d.ts', copy.run(VALUES_TYPES));
  const errors = copy.errors();
  const seen = JSON.parse(copy.run(SEEN));

  test.each([
    ['How to add a rule to a decision of the planner', RULE],
    ['To add a variable', VARIABLE],
    ['To add a chart object', CHART_OBJECT],
    ['To add a chart', CHART],
  ])('%s: touches the files that the page names', (heading, edits) => {
    expect([...new Set(edits.map(({ file }) => file))].sort()).toEqual(touched(heading));
  });

  test('all of it compiles', () => {
    expect(errors).toEqual([]);
  });

  test('a rule is one of its decision, which the page of the planner is made from', () => {
    expect(seen.rules).toContain('NeverForLocal');
  });

  test('a variable is in the table, told by the chart and read back', () => {
    expect(seen.rows).toContain('workload.colour');
    expect([seen.told, seen.parsed]).toEqual(['green', 'green']);
  });

  test('an object is rendered, and has its template in the chart', () => {
    expect(seen.kinds).toContain('ConfigMap');
    expect(seen.template).toContain('notice: hello');
  });

  test('a chart has a name, a schema and a folder', () => {
    expect(seen.charts).toEqual(['single-node', 'multi-node', 'edge']);
    expect(seen.schema).toBe('Values of the kubebyon-edge chart');
    expect(seen.folder).toContain('description: "KubeBYON at the edge: Kubernetes clusters');
  });
});
