import { LONGEST_MESSAGE, MOST_BOUND_HOSTNAMES } from '../../../contract/edge-cluster.ts';
import { choice, group, integer, list, named, optional, required, text } from './language.ts';
import { time } from './parts.ts';
import type { Stored, StoredGroup } from './stored.ts';

const condition = named(
  'condition',
  'As in Kubernetes.',
  group({
    type: required(text(), 'What it speaks of.'),
    status: required(choice(['True', 'False', 'Unknown']), 'Whether it holds.'),
    observedGeneration: optional(integer({ minimum: 0 }), 'The generation of the EdgeCluster that was seen.'),
    lastTransitionTime: required(time, 'Since when the status is what it is.'),
    reason: required(text(), 'Why, for machines.'),
    message: required(text(), 'Why, for people.'),
  }),
);

const backend = group({
  mode: required(choice(['podip', 'nodeport']), 'How requests reach the cluster.'),
  port: required(integer({ minimum: 0, maximum: 65_535 }), 'The port that they go to.'),
  source: required(text(), 'Where the addresses come from.'),
  since: required(time, 'Since when in this mode.'),
  flips: required(integer({ minimum: 0 }), 'Changes of mode in the last 6 hours.'),
  endpoints: required(integer({ minimum: 0 }), 'Addresses that requests go to.'),
});

const hostname = named(
  'hostnameStatus',
  'What became of one hostname.',
  group({
    hostname: required(text(), 'The name.'),
    management: required(
      choice(['target', 'platform', 'self']),
      'The CNAME target itself, a name under the base domain, or a name of a customer.',
    ),
    phase: required(
      choice(['pending', 'ready', 'degraded', 'lost', 'released', 'conflict', 'invalid']),
      'How far it has come.',
    ),
    http: required(choice(['served', 'redirected', 'withheld']), 'What plain HTTP answers.'),
    https: required(choice(['off', 'waiting', 'open']), 'Whether HTTPS answers.'),
    conditions: required(list(condition), 'Claimed, DNSReady, CertificateReady and Programmed.'),
  }),
);

/**
 * What is said of a cluster in the status of its EdgeCluster. It holds nothing that changes each time somebody looks,
 * such as when DNS was asked: a cluster at rest is not written.
 */
export const edgeClusterStatus = group({
  observedGeneration: optional(integer({ minimum: 0 }), 'The generation that the status speaks of.'),
  conditions: required(
    list(condition),
    'ControlPlaneRouteAccepted, ControlPlaneReachable, TenantAPIReachable, BackendReady, InClusterAccess and Ready.',
  ),
  backend: optional(backend, 'Where requests for its hostnames go.'),
  hostnames: required(list(hostname), 'Its CNAME target, and the hostnames bound to it.'),
  hostnamesReady: optional(text(), 'How many of the bound hostnames are ready, as `3/4`.'),
});

const TIME = { maxLength: 35, format: 'date-time' } as const;

const CONDITION = {
  fields: {
    type: { minLength: 1, maxLength: 63, pattern: '^[A-Z][A-Za-z]*$' },
    observedGeneration: { format: 'int64' },
    lastTransitionTime: TIME,
    reason: { minLength: 1, maxLength: 128, pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$' },
    message: { maxLength: LONGEST_MESSAGE },
  },
} as const satisfies Stored<typeof condition>;

/** The bounds of the status: one hostname more than may be bound, because the CNAME target is one too. */
export const EDGE_CLUSTER_STATUS = {
  fields: {
    observedGeneration: { format: 'int64' },
    conditions: { maxItems: 8, shared: { by: 'type' }, elements: CONDITION, mayBeAbsent: true },
    backend: { fields: { source: { maxLength: 63 }, since: TIME } },
    hostnames: {
      maxItems: MOST_BOUND_HOSTNAMES + 1,
      shared: { by: 'hostname' },
      mayBeAbsent: true,
      elements: {
        fields: {
          hostname: { minLength: 1, maxLength: 253 },
          conditions: { maxItems: 4, shared: { by: 'type' }, elements: CONDITION, mayBeAbsent: true },
        },
      },
    },
    hostnamesReady: { maxLength: 11, pattern: '^[0-9]+/[0-9]+$' },
  },
} as const satisfies StoredGroup<typeof edgeClusterStatus.fields>;
