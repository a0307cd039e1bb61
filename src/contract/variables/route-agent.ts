import { parseCidr, parseIp } from '../../text/ip.ts';
import { ROUTE_PROTOCOL_BOUNDS, TAKEN_ROUTE_PROTOCOLS } from '../route-protocols.ts';
import { decimal, flag, list, objectName, text } from './grammar.ts';
import type { Variable } from './variable.ts';

const TOLD = { processes: ['api', 'route-agent'], when: 'podCIDRRoute' } as const;

/** Where the process runs: of its own Pod, whatever the values say. */
export const ROUTE_AGENT_NODE_VARIABLES = {
  nodeName: {
    name: 'NODE_NAME',
    grammar: objectName,
    description:
      'the Node that it runs on: whose routes an agent keeps, or the API with mode local, and from where it or the edge controller probes',
    processes: ['api', 'edge-controller', 'route-agent'],
    when: 'always',
  },
  nodeIp: {
    name: 'NODE_IP',
    grammar: text('an IP address', (value) => parseIp(value) !== undefined),
    description: 'address of that Node',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** How routes are marked by whoever keeps them: agents, or the API with mode local. */
export const ROUTE_AGENT_VARIABLES = {
  protocol: {
    name: 'KUBEBYON_EDGE_ROUTE_PROTOCOL',
    grammar: decimal(...ROUTE_PROTOCOL_BOUNDS, TAKEN_ROUTE_PROTOCOLS),
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

/** What an operator may tell it besides, by `extraEnv` of its section; the chart says nothing of it. */
export const ROUTE_AGENT_EXTRA_VARIABLES = {
  allowedCoverings: {
    name: 'KUBEBYON_EDGE_ROUTE_ALLOWED_COVERING_CIDRS',
    grammar: list('ranges', (value) => parseCidr(value) !== undefined),
    description:
      "other programs' routes of exactly these ranges may cover a destination; no value sets it, `extraEnv` does",
    ...TOLD,
  },
  guards: {
    name: 'KUBEBYON_EDGE_ROUTE_GUARDS',
    grammar: flag,
    description:
      'whether packets for Pods find no way while their route is gone, in place of the default route; true unless `extraEnv` says otherwise',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;
