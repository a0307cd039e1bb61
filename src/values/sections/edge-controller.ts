import { flag, fragmentMap, group, integer, list, text } from '../definition.ts';
import { DNS_SERVER, HOSTNAME, orEmpty, WITHDRAWAL_KEY } from '../grammar.ts';
import { image } from './image.ts';
import { labels } from './metadata.ts';
import { httpProbe, replicatedPodKeys } from './pod.ts';

const COMPONENT = 'edge-controller';

/** One replica works and the others wait, so they had better not be lost together. */
const APART = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { 'app.kubernetes.io/component': COMPONENT } },
        },
      },
    ],
  },
};

/** A process of its own that keeps listeners, routes and certificates, instead of the API. */
export const edgeController = group(
  'A process of its own that keeps listeners, routes and certificates at run time, instead of the API.',
  {
    enabled: flag(
      false,
      'Whether it runs. The API is then told not to keep the entries itself, and tells of clusters by EdgeCluster objects.',
    ),
    image: image('kubebyon-gateway'),
    baseDomain: text(
      '',
      orEmpty({ ...HOSTNAME, maxLength: 200 }),
      'managed_workload_ingress_base_domain: the domain under which the platform itself hands out names; empty means none.',
    ),
    dnsServers: list(
      text('', DNS_SERVER, 'One server.'),
      8,
      'DNS servers that are asked for the names of customers; empty means two public ones.',
    ),
    retiredTargets: list(
      text('', { ...HOSTNAME, maxLength: 200 }, 'One target.'),
      1000,
      'CNAME targets of clusters that are gone; a hostname that still points to one is handed to nobody.',
    ),
    acknowledgedWithdrawals: list(
      text('', WITHDRAWAL_KEY, 'One key.'),
      16,
      'Keys of findings MassWithdrawal and EmptyInventory that are confirmed: what they hold back goes.',
    ),
    ...replicatedPodKeys(COMPONENT, {
      replicas: 2,
      hasBudget: true,
      affinity: APART,
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
      livenessProbe: httpProbe('/healthz', 'metrics', 20),
      readinessProbe: httpProbe('/readyz', 'metrics', 10),
    }),
    networkPolicy: group('Who may reach the Pods.', {
      enabled: flag(
        true,
        'Whether a NetworkPolicy is made: it lets in whoever reads the metrics, and nobody else.',
      ),
      metricsFrom: fragmentMap(
        'LabelSelector',
        'Labels of the namespaces whose Pods may read the metrics; empty means all namespaces.',
      ),
    }),
    serviceMonitor: group('For the Prometheus operator.', {
      enabled: flag(false, 'Whether a ServiceMonitor is made; its definition must be there.'),
      labels: labels('Labels of the ServiceMonitor, by which a Prometheus selects it.'),
      intervalSeconds: integer(30, [5, 3600], 'Seconds between two readings.'),
    }),
  },
);
