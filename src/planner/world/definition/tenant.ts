import { nodeAddresses } from './host.ts';
import {
  choice,
  flag,
  group,
  integer,
  list,
  named,
  optional,
  required,
  text,
  textOrInteger,
} from './language.ts';
import { labels, texts } from './parts.ts';

export const tenantNode = group({
  name: required(text(), 'Its name.'),
  ready: required(flag(), 'Whether its condition Ready is true.'),
  ...nodeAddresses,
});

export const tenantPod = group({
  name: required(text(), 'Its name.'),
  namespace: required(text(), 'Its namespace in the vCluster.'),
  nodeName: optional(text(), 'The Node that it runs on.'),
  podIPs: optional(texts, 'Its addresses.'),
  ready: required(flag(), 'Whether its condition Ready is true.'),
  terminating: optional(flag(), 'Whether it is being deleted.'),
  hostNetwork: optional(flag(), 'Whether it uses the network of its Node.'),
  labels: optional(labels, 'Its labels.'),
  ports: optional(
    list(
      group({
        name: optional(text(), 'Its name.'),
        containerPort: required(integer(), 'Its number.'),
      }),
    ),
    'Ports of its containers.',
  ),
});

export const tenantService = group({
  name: required(text(), 'Its name.'),
  namespace: required(text(), 'Its namespace in the vCluster.'),
  ipFamilies: optional(
    list(choice(['IPv4', 'IPv6'])),
    'As in Kubernetes: its NodePort answers on addresses of these families alone. Absent: unknown, as if of both.',
  ),
  externalTrafficPolicy: optional(choice(['Cluster', 'Local']), 'As in Kubernetes.'),
  ports: optional(
    list(
      group({
        name: optional(text(), 'Its name.'),
        port: required(integer(), 'Its number.'),
        targetPort: optional(textOrInteger(), 'Number or name of the port of the Pods.'),
        nodePort: optional(integer(), 'The port of every Node.'),
      }),
    ),
    'Its ports.',
  ),
});

export const tenant = named(
  'tenant',
  'What a vCluster holds. Everything in here is written by the tenant and therefore hostile.',
  group({
    readable: required(flag(), 'False: its API could not be read, so nothing of it may be withdrawn.'),
    nodes: optional(list(tenantNode), 'Its Nodes.'),
    pods: optional(list(tenantPod), 'Its ingress Pods.'),
    services: optional(list(tenantService), 'Its ingress Service.'),
  }),
);
