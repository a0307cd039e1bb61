import { toolNames } from '../tools/catalog.ts';
import { CHANGE_KINDS } from './planner-changes.ts';

/** The Helms that the tools of the conformance tests build: how people call each, and its program. */
export const HELMS = toolNames.flatMap((program) => {
  const version = /^helm-(\d+\.\d+)$/.exec(program)?.[1];
  return version === undefined ? [] : [{ name: `Helm ${version}`, program }];
});

/**
 * The parts of the benchmark, as `--only` names them, and the rows that each gives, in the order of the table. docs/performance.md
 * has every row, and says what it measures.
 */
export const PARTS = {
  // First, while nothing that prints charts is warm.
  charts: ['files of both Helm charts, for the first time in a process'],
  values: [
    'JSON.stringify of the objects',
    'values to YAML text: evaluate and emit',
    'the same with defaults, schema, constraints and warnings',
    'text to YAML text: the same with reading a values file',
  ],
  emitters: ['emit alone', 'js-yaml dump', 'yaml stringify'],
  builders: ['kubernetes-models: new, validate, js-yaml dump', 'cdk8s: App, Chart, ApiObjects, synthYaml'],
  releases: [
    '250 releases from text with all checks to a file',
    '500 releases from text with all checks to a file',
    '1000 releases from text with all checks to a file',
    'time for each of the last 500 releases',
    'most memory held with 1000 releases',
  ],
  planner: [
    'full plan, nothing written yet',
    'full plan with its objects in place',
    'plan after one cluster changed',
    'heap of the world that is planned',
    'heap that the planner keeps beside it',
    'most memory held by a process that plans it',
  ],
  changes: [
    'full plan by `plan`',
    ...CHANGE_KINDS.map(({ what }) => `plan after a change: ${what}`),
    'first plan in slices: 99 of 100 take at most',
  ],
  controller: [
    'controller: everything observed after a cold start',
    'controller: the plan after that',
    'controller: DNS has answered about every name',
    'controller: most memory held',
    'controller: stalls of the event loop after the first list, 99 of 100 at most',
    'controller: a hostname more is written, 99 of 100 within',
    'controller: writes for a hostname more',
    'controller: idle',
    'controller: sustained writes in a second',
    'the same tenants observed by informers of @kubernetes/client-node',
    'groups of faults that a watch survives',
    'groups of faults that an informer of @kubernetes/client-node survives',
  ],
  processes: [
    'node -e 0 as a cold process',
    'render as a cold process',
    "render as a cold process, without Node's compile cache",
    'render as a cold process, its first run with an empty cache',
    ...HELMS.flatMap(({ name }) => [
      `${name} template of the same chart as a cold process`,
      `${name} template with a schema that takes anything for a piece of a manifest`,
    ]),
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Part = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as readonly Part[]; // Object.keys forgets the literal names

export function isPart(name: string): name is Part {
  return Object.hasOwn(PARTS, name);
}

/** The titles of all rows, in the order of the table. */
export const TITLES: readonly string[] = PART_NAMES.flatMap((part) => PARTS[part]);
