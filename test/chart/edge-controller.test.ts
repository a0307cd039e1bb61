import { describe, expect, test } from 'vitest';
import { sync, syncOptions } from '../../src/cli/commands/sync.ts';
import { parseArguments } from '../../src/cli/input/arguments.ts';
import { CHARTS, containerOf, gatewayValues, objectOf, objectsOf } from '../support/objects.ts';
import { dig, digList } from '../support/rules/dig.ts';

type Values = Parameters<typeof objectsOf>[1];

const NAME = 'kubebyon-kubebyon-edge-controller';

describe.each(CHARTS)('the edge controller of %s', (chart) => {
  const objects = (more: Values = {}) =>
    objectsOf(chart, gatewayValues({}, { edgeController: { enabled: true, ...more } }));
  const kinds = (more: Values = {}) =>
    objects(more)
      .filter(
        (object) => dig(object, 'metadata', 'labels', 'app.kubernetes.io/component') === 'edge-controller',
      )
      .map(({ kind }) => kind);

  test('runs twice, apart, with a budget and a policy, and without a ServiceMonitor', () => {
    expect(kinds()).toEqual(
      expect.arrayContaining([
        'Deployment',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'Service',
        'ServiceAccount',
      ]),
    );
    expect(kinds()).not.toContain('ServiceMonitor');
    const deployment = objectOf(objects(), 'Deployment', NAME);
    expect(dig(deployment, 'spec', 'replicas')).toBe(2);
    expect(dig(deployment, 'spec', 'template', 'spec', 'affinity', 'podAntiAffinity')).toBeDefined();
    expect(dig(objectOf(objects(), 'PodDisruptionBudget', NAME), 'spec', 'minAvailable')).toBe(1);
  });

  test('is asked whether its loop moves, and whether it has read everything', () => {
    const container = containerOf(objectOf(objects(), 'Deployment', NAME), 'edge-controller');
    expect(dig(container, 'livenessProbe', 'httpGet')).toMatchObject({ path: '/healthz', port: 'metrics' });
    expect(dig(container, 'readinessProbe', 'httpGet')).toMatchObject({ path: '/readyz', port: 'metrics' });
  });

  test('gets arguments that its command takes', () => {
    const dnsServers = ['192.0.2.53', '192.0.2.54:5353', '2001:db8::53', '[2001:db8::54]:53'];
    const container = containerOf(objectOf(objects({ dnsServers }), 'Deployment', NAME), 'edge-controller');
    const [name, ...words] = digList(container, 'args').map(String);
    expect(name).toBe(sync.name);
    expect(syncOptions(parseArguments(sync.flags, words))).toMatchObject({
      inventory: { kind: 'edgecluster' },
      leaseNamespace: 'kubebyon-system',
      metricsAddress: { host: '::', port: 8080 },
      leaderElection: true,
      once: false,
      dryRun: false,
      logFormat: 'json',
      dnsServers,
    });
  });

  test('goes without each of what can be switched off', () => {
    const off = { podDisruptionBudget: { enabled: false }, networkPolicy: { enabled: false } };
    expect(kinds(off)).not.toContain('PodDisruptionBudget');
    expect(kinds(off)).not.toContain('NetworkPolicy');
    expect(kinds({ serviceAccount: { create: false, name: 'theirs' } })).not.toContain('ServiceAccount');
  });

  test('is read by the Prometheus that selects its ServiceMonitor, through the policy', () => {
    const monitoring = { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } };
    const all = objects({
      networkPolicy: { metricsFrom: monitoring },
      serviceMonitor: { enabled: true, labels: { release: 'prometheus' }, intervalSeconds: 15 },
    });
    const monitor = objectOf(all, 'ServiceMonitor', NAME);
    expect(dig(monitor, 'metadata', 'labels', 'release')).toBe('prometheus');
    expect(dig(monitor, 'spec', 'endpoints')).toEqual([{ port: 'metrics', interval: '15s' }]);
    const service = objectOf(all, 'Service', NAME);
    expect(dig(service, 'metadata', 'labels')).toMatchObject(
      Object(dig(monitor, 'spec', 'selector', 'matchLabels')),
    );
    expect(dig(objectOf(all, 'NetworkPolicy', NAME), 'spec', 'ingress')).toEqual([
      {
        from: [{ podSelector: {}, namespaceSelector: monitoring }],
        ports: [{ port: 'metrics', protocol: 'TCP' }],
      },
    ]);
  });
});
