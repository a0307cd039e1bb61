import { flag, list, text } from './grammar.ts';
import type { Variable } from './variable.ts';

const isDomain = (value: string): boolean =>
  value.length <= 200 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/.test(value);

/** What the API is told when another process keeps the entries. */
export const EDGE_CONTROLLER_API_VARIABLES = {
  edgeControllerEnabled: {
    name: 'KUBEBYON_EDGE_CONTROLLER_ENABLED',
    grammar: flag,
    description: 'a process of its own keeps the entries, so the API does not; not set: the API does',
    processes: ['api'],
    when: 'edgeController',
  },
} as const satisfies Readonly<Record<string, Variable>>;

const TOLD = { processes: ['edge-controller'], when: 'edgeController' } as const;

/** What an inventory of EdgeClusters does not say of itself. */
export const EDGE_CONTROLLER_VARIABLES = {
  baseDomain: {
    name: 'KUBEBYON_EDGE_BASE_DOMAIN',
    grammar: text('a domain such as edge.example.com', isDomain),
    description:
      'managed_workload_ingress_base_domain, under which names are the platform’s; not set: there is none',
    ...TOLD,
  },
  retiredTargets: {
    name: 'KUBEBYON_EDGE_RETIRED_TARGETS',
    grammar: list('CNAME targets', isDomain),
    description:
      'CNAME targets of clusters that are gone: a hostname that still points to one is handed to nobody',
    ...TOLD,
  },
  acknowledgedWithdrawals: {
    name: 'KUBEBYON_EDGE_ACKNOWLEDGED_WITHDRAWALS',
    grammar: list('keys of findings', (value) => /^[A-Za-z]+-[0-9a-f]{8}$/.test(value)),
    description: 'keys of findings `MassWithdrawal` and `EmptyInventory` that the operator has confirmed',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;
