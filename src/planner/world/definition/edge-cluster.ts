import { MOST_BOUND_HOSTNAMES } from '../../../contract/edge-cluster.ts';
import { cluster } from './inventory.ts';
import { group } from './language.ts';
import type { Stored, StoredRule, StoredText } from './stored.ts';

const { namespace: _namespace, createdAt: _createdAt, ...fields } = cluster.definition.fields;

/**
 * What an EdgeCluster says of a cluster: a cluster of the inventory, whose namespace and age are those of the object.
 */
export const edgeClusterSpec = group(fields);

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** A text that never changes: something else in the world, or somebody's DNS, holds it. */
function fixed(name: string): StoredRule {
  return { rule: 'self == oldSelf', message: `${name} never changes` };
}

const NOT_A_NUMBER: StoredRule = {
  rule: String.raw`!self.matches('(^|\\.)([0-9]+|0x[0-9a-f]*)$')`,
  message: 'a name whose last label is a number is an address, or none at all',
};

/** A name in the one spelling that DNS compares: lower case, punycode, without a trailing dot. */
const DNS_NAME = {
  minLength: 3,
  maxLength: 253,
  pattern: `^(${LABEL}\\.)+${LABEL}$`,
  rules: [NOT_A_NUMBER],
} satisfies StoredText;

const BOUND_NAME = {
  ...DNS_NAME,
  pattern: `^(\\*\\.)?(${LABEL}\\.)+${LABEL}$`,
} satisfies StoredText;

const DNS_LABEL = { minLength: 1, maxLength: 63, pattern: `^${LABEL}$` } satisfies StoredText;

const OBJECT_NAME = {
  minLength: 1,
  maxLength: 253,
  pattern: `^${LABEL}(\\.${LABEL})*$`,
} satisfies StoredText;

const RANGE = {
  maxLength: 43,
  pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$',
  rules: [
    { rule: 'isCIDR(self)', message: 'it is not a range of addresses' },
    {
      rule: '!isCIDR(self) || cidr(self) == cidr(self).masked()',
      message: 'it has bits set behind its prefix',
    },
  ],
} satisfies StoredText;

/** The bounds of the spec (facts of the design: at most 64 hostnames, 4 ranges of Pods, 16 of Nodes). */
export const EDGE_CLUSTER_SPEC = {
  rules: [
    {
      rule: '!has(self.workload) || !has(self.hostnames) || !self.hostnames.exists(h, h.hostname == self.workload.cnameTarget)',
      message: 'the CNAME target is not bound as a hostname',
    },
    {
      rule: '!has(oldSelf.workload) || has(self.workload)',
      message: 'workload stays once it is set, because its CNAME target never changes',
    },
  ],
  fields: {
    id: {
      minLength: 1,
      maxLength: 63,
      pattern: '^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$',
      rules: [fixed('id')],
    },
    slug: { minLength: 1, maxLength: 63 },
    deleting: { default: false },
    suspended: { default: false },
    controlPlane: {
      fields: {
        hostname: DNS_NAME,
        service: { fields: { name: DNS_LABEL } },
        kubeconfigSecret: {
          fields: {
            name: OBJECT_NAME,
            key: { minLength: 1, maxLength: 253, pattern: '^[-._a-zA-Z0-9]+$' },
          },
        },
      },
    },
    workload: {
      fields: {
        cnameTarget: { ...DNS_NAME, rules: [...DNS_NAME.rules, fixed('cnameTarget')] },
        // A set or map that a server-side apply empties is no field at all to the server, so an empty one is never needed.
        podCIDRs: { maxItems: 4, elements: RANGE, shared: 'set', mayBeAbsent: true },
        nodeCIDRs: { maxItems: 16, elements: RANGE, shared: 'set', mayBeAbsent: true },
        ingress: {
          fields: {
            namespace: DNS_LABEL,
            serviceName: DNS_LABEL,
            podSelector: {
              minProperties: 1,
              maxProperties: 16,
              values: { maxLength: 63, pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$' },
              rules: [
                {
                  rule: "self.all(key, key.size() <= 317 && key.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$'))",
                  message: 'a key is not the key of a label',
                },
              ],
            },
            portName: DNS_LABEL,
          },
        },
      },
    },
    hostnames: {
      maxItems: MOST_BOUND_HOSTNAMES,
      shared: { by: 'hostname' },
      mayBeAbsent: true,
      elements: {
        fields: {
          hostname: BOUND_NAME,
          management: { default: 'auto' },
          createdAt: { maxLength: 35, format: 'date-time' },
          issuerRef: {
            fields: {
              name: OBJECT_NAME,
              kind: { minLength: 1, maxLength: 63, pattern: '^[A-Za-z][A-Za-z0-9]*$' },
              group: OBJECT_NAME,
            },
          },
          proof: { minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
        },
      },
    },
  },
} as const satisfies Stored<typeof edgeClusterSpec>;
