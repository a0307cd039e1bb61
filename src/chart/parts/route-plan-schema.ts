import type { IJSONSchemaProps } from 'kubernetes-models/apiextensions.k8s.io/v1/JSONSchemaProps';
import type { Template } from '../../template/index.ts';

/*
 * Every list and text is bounded: without bounds the API server refuses the definition, because it cannot estimate
 * what the rules cost. Patterns are a first fence before the rules on parsed addresses.
 */
const CIDR = { type: 'string', maxLength: 43, pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$' } as const;
const ADDRESS = { type: 'string', maxLength: 39, pattern: '^[0-9a-fA-F:.]+$' } as const;
const NODE_NAME = { type: 'string', minLength: 1, maxLength: 253 } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const PORT = { type: 'integer', minimum: 1, maximum: 65_535 } as const;

const spec: Template<IJSONSchemaProps> = {
  type: 'object',
  description: 'Which routes lead to the Pods of one cluster.',
  required: ['clusterID', 'tenantPodCIDRs', 'tenantNodeCIDRs', 'nodeSelector', 'staleAfterSeconds', 'routes'],
  properties: {
    clusterID: {
      type: 'string',
      description: 'The cluster that the routes lead to.',
      minLength: 1,
      maxLength: 253,
      'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'clusterID never changes' }],
    },
    tenantPodCIDRs: {
      type: 'array',
      description: 'Ranges that destinations must lie in.',
      minItems: 1,
      maxItems: 4,
      items: CIDR,
      'x-kubernetes-list-type': 'set',
    },
    tenantNodeCIDRs: {
      type: 'array',
      description: 'Ranges that next hops must lie in.',
      minItems: 1,
      maxItems: 16,
      items: CIDR,
      'x-kubernetes-list-type': 'set',
    },
    nodeSelector: {
      type: 'object',
      description: 'Labels of the Nodes that install the routes; empty means all that run an agent.',
      maxProperties: 16,
      additionalProperties: { type: 'string', maxLength: 63 },
    },
    staleAfterSeconds: {
      type: 'integer',
      description:
        'Seconds without a sign of life of the planner after which agents report the plan as stale.',
      minimum: 30,
      maximum: 3600,
    },
    routes: {
      type: 'array',
      description: 'The routes.',
      maxItems: 256,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['destination'],
      items: {
        type: 'object',
        required: ['destination', 'nextHop', 'nodeName'],
        properties: {
          destination: { ...CIDR, description: "A Node's range of Pod addresses." },
          nextHop: { ...ADDRESS, description: 'The address of the Node that has the Pods.' },
          nodeName: { ...NODE_NAME, description: 'The Node that has the Pods, for people.' },
        },
        'x-kubernetes-validations': [
          { rule: 'isCIDR(self.destination)', message: 'destination is not a range of addresses' },
          { rule: 'isIP(self.nextHop)', message: 'nextHop is not an address' },
          {
            rule: '!isCIDR(self.destination) || cidr(self.destination) == cidr(self.destination).masked()',
            message: 'destination has bits set behind its prefix',
          },
          {
            rule: '!isCIDR(self.destination) || cidr(self.destination).prefixLength() >= (cidr(self.destination).ip().family() == 4 ? 16 : 48)',
            message: 'destination is wider than /16 (IPv4) or /48 (IPv6)',
          },
          {
            rule: '!isCIDR(self.destination) || !isIP(self.nextHop) || cidr(self.destination).ip().family() == ip(self.nextHop).family()',
            message: 'destination and nextHop are of different families',
          },
        ],
      },
    },
    probes: {
      type: 'array',
      description: 'What agents try to reach, to see whether Pods answer from their Node.',
      maxItems: 3,
      'x-kubernetes-list-type': 'atomic',
      items: {
        type: 'object',
        required: ['address', 'port'],
        properties: { address: ADDRESS, port: PORT },
      },
    },
  },
  'x-kubernetes-validations': [
    {
      rule: 'self.tenantPodCIDRs.all(c, isCIDR(c))',
      message: 'tenantPodCIDRs holds something else than ranges',
    },
    {
      rule: 'self.tenantNodeCIDRs.all(c, isCIDR(c))',
      message: 'tenantNodeCIDRs holds something else than ranges',
    },
    {
      rule: 'self.routes.all(r, !isCIDR(r.destination) || self.tenantPodCIDRs.exists(c, isCIDR(c) && cidr(c).containsCIDR(r.destination)))',
      message: 'a destination lies outside tenantPodCIDRs',
    },
    {
      rule: 'self.routes.all(r, !isIP(r.nextHop) || self.tenantNodeCIDRs.exists(c, isCIDR(c) && cidr(c).containsIP(r.nextHop)))',
      message: 'a nextHop lies outside tenantNodeCIDRs',
    },
    {
      rule: '!has(self.probes) || self.probes.all(p, isIP(p.address) && (self.tenantPodCIDRs + self.tenantNodeCIDRs).exists(c, isCIDR(c) && cidr(c).containsIP(p.address)))',
      message: 'a probe lies outside tenantPodCIDRs and tenantNodeCIDRs',
    },
  ],
};

const nodeStatus: Template<IJSONSchemaProps> = {
  type: 'object',
  description: 'What one Node reports. Each agent writes its own item only.',
  required: ['nodeName'],
  properties: {
    nodeName: NODE_NAME,
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
    applied: { ...COUNT, description: 'Routes of the plan that stand in the kernel.' },
    effective: { ...COUNT, description: 'Routes of the plan that the kernel would use.' },
    failed: { ...COUNT, description: 'Routes of the plan that could not be installed.' },
    foreign: { ...COUNT, description: 'Routes of the plan that another program has installed.' },
    stale: {
      type: 'boolean',
      description: 'The planner gave no sign of life for staleAfterSeconds; the routes stay as they are.',
    },
    probes: {
      type: 'array',
      description: 'Whether Pods answered from this Node.',
      maxItems: 3,
      'x-kubernetes-list-type': 'atomic',
      items: {
        type: 'object',
        required: ['address', 'port', 'ok'],
        properties: {
          address: ADDRESS,
          port: PORT,
          ok: { type: 'boolean' },
          refused: { type: 'boolean', description: 'The address was reached, and nobody listens there.' },
        },
      },
    },
    issues: {
      type: 'array',
      description: 'Routes that were not installed, and why.',
      maxItems: 4,
      'x-kubernetes-list-type': 'atomic',
      items: {
        type: 'object',
        required: ['destination', 'reason'],
        properties: {
          destination: CIDR,
          reason: { type: 'string', maxLength: 64, pattern: '^[A-Z][A-Za-z0-9]*$' },
          message: { type: 'string', maxLength: 128 },
        },
      },
    },
  },
};

const condition: Template<IJSONSchemaProps> = {
  type: 'object',
  required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'],
  properties: {
    type: { type: 'string', maxLength: 316 },
    status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
    lastTransitionTime: { type: 'string', format: 'date-time' },
    reason: {
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    },
    message: { type: 'string', maxLength: 32_768 },
  },
};

/** The OpenAPI schema of a RoutePlan. */
export const routePlanSchema: Template<IJSONSchemaProps> = {
  type: 'object',
  description: 'Routes to the Pods of one cluster, for the route agents. Written by the KubeBYON API only.',
  required: ['spec'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    spec,
    status: {
      type: 'object',
      properties: {
        observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
        desired: { ...COUNT, description: 'How many routes the plan holds.' },
        conditions: {
          type: 'array',
          maxItems: 8,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['type'],
          items: condition,
        },
        nodes: {
          type: 'array',
          maxItems: 100,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['nodeName'],
          items: nodeStatus,
        },
      },
    },
  },
};
