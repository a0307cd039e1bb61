import { flag, hostnames } from './grammar.ts';
import type { ConfigVariable } from './variable.ts';

const TOLD = { processes: ['api', 'edge-controller'], when: 'workload' } as const;

/** What the runbook does not name: with gatewayAPI.workload.enabled as well. */
export const EDGE_VARIABLES = {
  reservedHostnames: {
    name: 'KUBEBYON_EDGE_RESERVED_HOSTNAMES',
    path: 'workload.reservedHostnames',
    grammar: hostnames,
    description: "hostnames that no tenant may bind: the platform's own",
    ...TOLD,
  },
  wildcardCertificate: {
    name: 'KUBEBYON_EDGE_WILDCARD_CERTIFICATE',
    path: 'workload.tls.wildcardCertificate',
    grammar: flag,
    description: 'the issuer can prove `*.<base domain>`, so one wildcard replaces a name each',
    ...TOLD,
  },
  listenerSets: {
    name: 'KUBEBYON_EDGE_LISTENER_SETS',
    path: 'workload.listenerSets',
    grammar: flag,
    description: 'dedicated listeners may go to ListenerSets',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, ConfigVariable>>;
