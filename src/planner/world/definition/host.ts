import {
  anything,
  flag,
  group,
  integer,
  list,
  named,
  opaque,
  openGroup,
  optional,
  required,
  text,
} from './language.ts';
import { labels, texts, time } from './parts.ts';

/** Names and addresses of a Node; the host's and the tenants' alike. */
export const nodeAddresses = {
  internalIPs: optional(texts, 'Addresses of type InternalIP.'),
  externalIPs: optional(texts, 'Addresses of type ExternalIP.'),
  podCIDRs: optional(texts, 'Its podCIDRs.'),
};

export const objectMeta = openGroup({
  name: required(text(), 'As in Kubernetes.'),
  namespace: optional(text(), 'As in Kubernetes.'),
  uid: optional(text(), 'As in Kubernetes.'),
  resourceVersion: optional(text(), 'As in Kubernetes.'),
  generation: optional(integer(), 'As in Kubernetes.'),
  creationTimestamp: optional(text(), 'As in Kubernetes.'),
  deletionTimestamp: optional(text(), 'As in Kubernetes.'),
  labels: optional(labels, 'As in Kubernetes.'),
  annotations: optional(labels, 'As in Kubernetes.'),
  managedFields: optional(
    list(anything()),
    'As in Kubernetes; on a Gateway they tell whose listeners it holds.',
  ),
  ownerReferences: optional(list(anything()), 'As in Kubernetes.'),
});

export const secretCertificate = group({
  dnsNames: optional(texts, 'Its DNS names.'),
  notAfter: optional(time, 'When it ends.'),
  keyMatches: optional(flag(), 'Whether the private key belongs to the certificate.'),
});

export const object = named(
  'object',
  'A Kubernetes object as read; of a Secret its type and what its certificate says, never data.',
  group({
    apiVersion: required(text(), 'As in Kubernetes.'),
    kind: required(text(), 'As in Kubernetes.'),
    metadata: required(objectMeta, 'As in Kubernetes.'),
    spec: optional(opaque('map'), 'As in Kubernetes.'),
    status: optional(opaque('map'), 'As in Kubernetes.'),
    addressType: optional(opaque('text'), 'EndpointSlice only.'),
    endpoints: optional(opaque('list'), 'EndpointSlice only.'),
    ports: optional(opaque('list'), 'EndpointSlice only.'),
    type: optional(opaque('text'), 'Secret only.'),
    certificate: optional(secretCertificate, 'Secret only: what its certificate says.'),
  }),
);

export const hostNode = named(
  'hostNode',
  'A Node of the host cluster.',
  group({
    name: required(text(), 'Its name.'),
    ready: required(flag(), 'Whether its condition Ready is true.'),
    labels: optional(labels, 'Its labels.'),
    ...nodeAddresses,
  }),
);

export const host = named(
  'host',
  'The host cluster as last read.',
  group({
    complete: required(flag(), 'False: a list failed or is partial, so an absent object proves nothing.'),
    apis: optional(
      texts,
      'Discovery, as `group/version/Kind`. Absent: unknown, then every kind is taken as served at its newest version.',
    ),
    gatewayFeatures: optional(texts, 'A hint only; Envoy Gateway leaves it empty.'),
    objects: required(
      list(object),
      'Ours, the Gateways, every TLSRoute, HTTPRoute and ListenerSet that attaches to them, vCluster Services, Secrets, and every Certificate in the namespace of the workload Gateway.',
    ),
    nodes: optional(list(hostNode), 'Nodes of the host.'),
    nodeCIDRs: optional(
      texts,
      "CIDRs of host Nodes that NodePort fallback may use for shared nodes; absent: each cluster's own nodeCIDRs.",
    ),
    protectedCIDRs: optional(texts, 'Host pod, service and management networks that no tenant may name.'),
  }),
);
