import { parseCidr, parseIp } from '../../text/ip.ts';
import { decimal, list, objectName, text } from './grammar.ts';
import type { Variable } from './variable.ts';

const TOLD = { processes: ['route-agent'], when: 'routeAgent' } as const;

/** Where the process runs: of its own Pod, whatever the values say. */
export const ROUTE_AGENT_NODE_VARIABLES = {
  nodeName: {
    name: 'NODE_NAME',
    grammar: objectName,
    description:
      'the Node that it runs on: whose routes an agent keeps, and from where the edge controller probes',
    processes: ['edge-controller', 'route-agent'],
    when: 'always',
  },
  nodeIp: {
    name: 'NODE_IP',
    grammar: text('an IP address', (value) => parseIp(value) !== undefined),
    description: 'address of that Node',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** How the route agent marks its routes, besides what it is told like the API. */
export const ROUTE_AGENT_VARIABLES = {
  protocol: {
    name: 'KUBEBYON_EDGE_ROUTE_PROTOCOL',
    grammar: decimal(20, 252),
    description: 'protocol number that marks its routes',
    ...TOLD,
  },
  metric: {
    name: 'KUBEBYON_EDGE_ROUTE_METRIC',
    grammar: decimal(1, 2_147_483_647),
    description: 'metric of its routes',
    ...TOLD,
  },
  protectedCIDRs: {
    name: 'KUBEBYON_EDGE_ROUTE_PROTECTED_CIDRS',
    grammar: list('ranges', (value) => parseCidr(value) !== undefined),
    description: 'ranges that no route may touch',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** What an operator may tell it besides, by `routeAgent.extraEnv`; the chart says nothing of it. */
export const ROUTE_AGENT_EXTRA_VARIABLES = {
  allowedCoverings: {
    name: 'KUBEBYON_EDGE_ROUTE_ALLOWED_COVERING_CIDRS',
    grammar: list('ranges', (value) => parseCidr(value) !== undefined),
    description: "other programs' routes of exactly these ranges may cover a destination",
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;
