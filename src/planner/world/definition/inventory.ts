import { choice, flag, group, list, named, optional, required, text } from './language.ts';
import { labels, port, texts, time } from './parts.ts';

export const binding = named(
  'binding',
  'A hostname that a cluster asks for.',
  group({
    hostname: required(text(), 'As it was bound; a wildcard begins with `*.`.'),
    management: required(
      choice(['auto', 'platform', 'self']),
      '`auto`: platform-managed when under the base domain, else self-managed.',
    ),
    createdAt: required(time, 'Among claims that are equal else, the oldest wins.'),
    paused: optional(flag(), 'Whether it is not served for now.'),
    issuerRef: optional(
      group({
        name: required(text(), 'Its name.'),
        kind: optional(text(), 'Its kind, such as ClusterIssuer.'),
        group: optional(text(), 'Its API group.'),
      }),
      'The cert-manager issuer of its certificate.',
    ),
    proof: optional(
      text(),
      'The value that the TXT record `_kubebyon.<hostname>` must hold to prove the claim; of a wildcard, that of its parent domain. A wildcard outside the base domain is not served without.',
    ),
  }),
);

export const controlPlane = group({
  hostname: required(text(), 'The name by which the API of the vCluster is reached from outside.'),
  service: required(
    group({
      name: required(text(), 'Its name.'),
      port: required(port, 'Its port.'),
    }),
    "The vCluster's API Service in the cluster's namespace.",
  ),
  kubeconfigSecret: optional(
    group({
      name: required(text(), 'Its name.'),
      key: required(text(), 'Its key with the kubeconfig.'),
    }),
    'The Secret by which the vCluster is read. For whoever observes; the planner does not read it.',
  ),
  nodeAccess: optional(
    choice(['SNIOnly', 'L4', 'Proxy']),
    'How private nodes reach the API: by SNI only, by an address of its own, or by a proxy.',
  ),
});

export const workload = group({
  cnameTarget: required(text(), 'managed_workload_ingress_cname_target.'),
  topology: required(choice(['privateNodes', 'sharedNodes']), 'Whether the cluster has Nodes of its own.'),
  podCIDRs: required(texts, 'Where its Pods may be.'),
  nodeCIDRs: required(texts, 'Where its Nodes may be.'),
  ingress: required(
    group({
      namespace: required(text(), 'Namespace of the ingress controller in the vCluster.'),
      serviceName: required(text(), 'Name of its Service.'),
      podSelector: required(labels, 'Labels of its Pods.'),
      portName: optional(text(), 'Name of the port for HTTP.'),
      port: optional(port, 'Number of the port for HTTP.'),
    }),
    "The cluster's ingress controller.",
  ),
});

export const cluster = named(
  'cluster',
  'A cluster of the platform.',
  group({
    id: required(text(), 'Unique among clusters.'),
    slug: required(
      text(),
      'A short name for people: a label of what is written for the cluster. Names rest on the id.',
    ),
    namespace: required(text(), 'Host namespace of the vCluster.'),
    createdAt: required(time, 'Among clusters that claim the same, the oldest wins.'),
    deleting: required(flag(), 'Whether it goes.'),
    suspended: required(flag(), 'Whether its requests are not answered for now.'),
    controlPlane: optional(controlPlane, 'Absent: nothing is opened for its API.'),
    workload: optional(workload, 'Absent: nothing is opened for its ingress.'),
    hostnames: required(list(binding), 'The hostnames that it asks for.'),
  }),
);

export const inventory = named(
  'inventory',
  'What the platform itself says: the only trusted source about clusters.',
  group({
    complete: required(
      flag(),
      'False: something could not be read, so nothing may be withdrawn because it is not listed.',
    ),
    revision: required(text(), 'Changes with every change of the inventory.'),
    baseDomain: optional(
      text({
        maxLength: 200,
        pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$',
      }),
      'managed_workload_ingress_base_domain.',
    ),
    clusters: required(list(cluster), 'Every cluster that there is.'),
    retiredTargets: optional(
      texts,
      'CNAME targets of clusters that are gone; a hostname that still points to one is not handed to anyone.',
    ),
    acknowledgedWithdrawals: optional(
      texts,
      'Keys of findings `MassWithdrawal` and `EmptyInventory` that the operator has confirmed.',
    ),
  }),
);
