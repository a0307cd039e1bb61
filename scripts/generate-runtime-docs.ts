/**
 * Writes the generated parts of docs/runtime.md between their marks (decisions, findings, permissions, variables, names), and
 * those of docs/edge-controller.md.
 * With `--check` it only says whether they are up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_FIELD_MANAGER } from '../src/contract/labels.ts';
import {
  EDGE_CONTROLLER_PERMISSIONS,
  INVENTORY_PERMISSIONS,
  type Permission,
  RUNTIME_PERMISSIONS,
} from '../src/contract/permissions.ts';
import {
  controlPlaneRouteName,
  edgeName,
  edgeRouteName,
  edgeSliceName,
  hostnameObjectName,
  listenerSetName,
  routePlanName,
  sharedSecretName,
} from '../src/contract/runtime-names.ts';
import { CONFIG_VARIABLES, VARIABLES } from '../src/contract/variables/index.ts';
import type { Variable } from '../src/contract/variables/variable.ts';
import { DECISIONS } from '../src/planner/decisions.ts';
import { FINDING_KINDS } from '../src/planner/findings.ts';
import { escapeBars, markdownTable } from '../src/text/markdown.ts';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable(
    head,
    rows.map((row) => row.map(escapeBars)),
  );
}

const decisions = DECISIONS.map(({ list, file, decides, otherwise, rules }) =>
  [
    `### ${decides}`,
    '',
    `\`${list}\` in \`src/planner/${file}\`. When none of them has anything to say, ${otherwise}.`,
    '',
    table(
      ['', 'rule', 'says', 'source', 'finding'],
      rules.map(({ name, says, source, finding }, index) => [
        String(index + 1),
        `\`${name}\``,
        says,
        source,
        finding === undefined ? '' : `\`${finding}\``,
      ]),
    ),
  ].join('\n'),
).join('\n\n');

const findings = table(
  ['code', 'severity', 'cause', 'remedy'],
  Object.entries(FINDING_KINDS).map(([code, { severity, cause, remedy }]) => [
    `\`${code}\``,
    severity,
    cause,
    remedy,
  ]),
);

function permissionTable(permissions: readonly Permission[]): string {
  return table(
    ['API group', 'resources', 'verbs', 'where', 'when', 'why'],
    permissions.map(({ apiGroup, resources, verbs, scope, when, why }) => [
      apiGroup === '' ? 'core' : apiGroup,
      resources.join(', '),
      verbs.join(', '),
      scope,
      when,
      why,
    ]),
  );
}

/** What is allowed when no other variable is set. */
function wordsOf({ grammar }: Variable): string {
  return (typeof grammar === 'function' ? grammar(() => '') : grammar).words;
}

const paths = new Map<Variable, string>(CONFIG_VARIABLES.map((row) => [row, row.path]));
const variables = table(
  ['variable', 'in the config', 'who gets it', 'when', 'allowed', 'meaning'],
  VARIABLES.map((row) => [
    `\`${row.name}\``,
    paths.has(row) ? `\`${paths.get(row)}\`` : '',
    row.processes.join(', '),
    row.when,
    wordsOf(row),
    row.description,
  ]),
);

const edge = edgeName('c-1');
const names = [
  `Field manager of every write: \`${RUNTIME_FIELD_MANAGER}\`. The names of cluster \`c-1\`:`,
  '',
  table(
    ['object', 'name'],
    [
      ['TLSRoute', controlPlaneRouteName('c-1')],
      ['shim Service', edge],
      [
        'EndpointSlice',
        `${edgeSliceName(edge, 4, 1)}, ${edgeSliceName(edge, 4, 2)}, ${edgeSliceName(edge, 6, 1)}`,
      ],
      ['HTTPRoute, HTTP', edgeRouteName(edge, 'http', 1)],
      ['HTTPRoute, HTTPS of the shared listener', edgeRouteName(edge, 'https', 1)],
      ['HTTPRoute, HTTPS of dedicated listeners', edgeRouteName(edge, 'https-dedicated', 1)],
      ['HTTPRoute, redirect', edgeRouteName(edge, 'redirect', 1)],
      ['RoutePlan', routePlanName('c-1')],
      ['listener, Certificate and Secret of app.customer.test', hostnameObjectName('app.customer.test')],
      [
        'shared Certificates and Secrets, tls.secretName = workload-tls',
        `${sharedSecretName('workload-tls', 1)}, ${sharedSecretName('workload-tls', 2)}, ...`,
      ],
      ['ListenerSet', `${listenerSetName(1)}, ${listenerSetName(2)}, ...`],
    ].map(([object, name]) => [object ?? '', `\`${name}\``]),
  ),
].join('\n');

const PAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/runtime.md': {
    decisions,
    findings,
    variables,
    names,
    permissions: permissionTable(RUNTIME_PERMISSIONS),
  },
  'docs/edge-controller.md': {
    'edge controller': permissionTable(EDGE_CONTROLLER_PERMISSIONS),
    inventory: permissionTable(INVENTORY_PERMISSIONS),
  },
};

function withParts(page: string, before: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [part, content]) => {
    const mark = new RegExp(`(<!-- generated: ${part} -->\\n)[^]*?(<!-- end -->)`);
    if (!mark.test(text)) throw new Error(`${page} has no part ${part}`);
    return text.replace(mark, (_, start: string, end: string) => `${start}${content}\n${end}`);
  }, before);
}

for (const [page, parts] of Object.entries(PAGES)) {
  const path = join(import.meta.dirname, '..', page);
  const before = readFileSync(path, 'utf8');
  const after = withParts(page, before, parts);
  if (!process.argv.includes('--check')) writeFileSync(path, after);
  else if (after !== before) {
    console.error(`${page} is not up to date: node scripts/generate-runtime-docs.ts`);
    process.exitCode = 1;
  }
}
