import { describe, expect, test } from 'vitest';
import { render, toYaml, valuesFrom } from '../../src/index.ts';
import { goldenOf, loadCase, readCases, renderCase, USUAL_RELEASE } from '../support/cases.ts';
import {
  CHARTS,
  containerOf,
  gatewayValues,
  hooksOf,
  namesOf,
  objectOf,
  objectsOf,
} from '../support/objects.ts';
import { dig, digList } from '../support/rules/dig.ts';

const API = 'kubebyon-kubebyon-api';

type Values = Parameters<typeof objectsOf>[1];

const renders = readCases()
  .filter((aCase) => goldenOf(aCase) !== undefined)
  .map((aCase) => {
    const loaded = loadCase(aCase);
    const provider = dig(loaded.values, 'publicAccess', 'provider');
    return { provider, text: toYaml(renderCase(aCase).manifests) };
  });

describe('what one provider renders', () => {
  test.each([
    ['gatewayapi', /haproxy/i],
    ['gatewayapi', /start-haproxy\.sh/],
    ['haproxy', /kind: (Gateway|HTTPRoute|TLSRoute|DaemonSet)$/m],
    ['haproxy', /KUBEBYON_(GATEWAY_API|EDGE)_/],
  ])('with %s never shows %s', (provider, pattern) => {
    const texts = renders.filter((rendered) => rendered.provider === provider);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter(({ text }) => pattern.test(text))).toEqual([]);
  });

  test('with haproxy shows the sidecar, its script, its volume and its mounts', () => {
    for (const { text } of renders.filter(({ provider }) => provider === 'haproxy')) {
      for (const part of [
        'name: haproxy\n',
        'start-haproxy.sh: |',
        'name: haproxy-runtime\n',
        'mountPath: /var/run/',
      ])
        expect(text).toContain(part);
    }
  });
});

describe.each(CHARTS)('the provider haproxy of %s', (chart) => {
  const deployment = (values: Values) => objectOf(objectsOf(chart, values), 'Deployment', API);
  const ports = (values: Values) => dig(objectOf(objectsOf(chart, values), 'Service', API), 'spec', 'ports');
  const http = { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' };

  test('is the default', () => {
    expect(containerOf(deployment({}), 'haproxy')).toBeDefined();
  });

  test('shares haproxy-runtime between the API and the sidecar', () => {
    const api = deployment({});
    const mount = expect.objectContaining({ name: 'haproxy-runtime' });
    expect(digList(containerOf(api, 'api'), 'volumeMounts')).toContainEqual(mount);
    expect(digList(containerOf(api, 'haproxy'), 'volumeMounts')).toContainEqual(mount);
    expect(digList(api, 'spec', 'template', 'spec', 'volumes')).toContainEqual({
      name: 'haproxy-runtime',
      emptyDir: {},
    });
  });

  test('holds script and seed in a ConfigMap', () => {
    const objects = objectsOf(chart, {});
    const configMap = objectOf(objects, 'ConfigMap', 'kubebyon-kubebyon-haproxy');
    expect(Object.keys(dig(configMap, 'data') as object)).toEqual(['start-haproxy.sh', 'haproxy.cfg']);
  });

  test('is on 443 of the Service without hostNetwork', () => {
    expect(ports({})).toEqual([
      http,
      { name: 'control-plane', port: 443, targetPort: 'control-plane', protocol: 'TCP' },
    ]);
    expect(dig(deployment({}), 'spec', 'template', 'spec', 'hostNetwork')).toBeUndefined();
  });

  test('is on 443 of the Node with hostNetwork, and the old Pod goes first', () => {
    const values = { api: { hostNetwork: true } };
    const api = deployment(values);
    expect(ports(values)).toEqual([http]);
    expect(dig(api, 'spec', 'template', 'spec', 'hostNetwork')).toBe(true);
    expect(dig(api, 'spec', 'template', 'spec', 'dnsPolicy')).toBe('ClusterFirstWithHostNet');
    expect(dig(api, 'spec', 'strategy')).toEqual({ type: 'Recreate' });
    for (const key of ['containerPort', 'hostPort']) {
      expect(digList(containerOf(api, 'haproxy'), 'ports').map((port) => dig(port, key))).toEqual([
        443, 8404,
      ]);
    }
  });

  test('restarts the Pod when script or seed change, and only then', () => {
    const checksum = (values: Values) =>
      dig(deployment(values), 'spec', 'template', 'metadata', 'annotations', 'checksum/haproxy');
    expect(checksum({})).toMatch(/^[0-9a-f]{8}$/);
    expect(checksum({ haproxy: { pollSeconds: 9 } })).toBe(checksum({}));
  });
});

describe.each(CHARTS)('the provider gatewayapi of %s', (chart) => {
  test('serves the API on 8080 only', () => {
    const service = objectOf(objectsOf(chart, gatewayValues({})), 'Service', API);
    expect(dig(service, 'spec', 'ports')).toEqual([
      { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' },
    ]);
  });

  test('leaves the API alone in its Pod', () => {
    const api = objectOf(objectsOf(chart, gatewayValues({})), 'Deployment', API);
    expect(
      digList(api, 'spec', 'template', 'spec', 'containers').map((container) => dig(container, 'name')),
    ).toEqual(['api']);
    expect(digList(api, 'spec', 'template', 'spec', 'volumes').map((volume) => dig(volume, 'name'))).toEqual([
      'tmp',
    ]);
  });
});

test('only the multi-node chart has a worker', () => {
  expect(namesOf(objectsOf('single-node', {}), 'Deployment')).toEqual([API]);
  expect(namesOf(objectsOf('multi-node', {}), 'Deployment')).toEqual([API, 'kubebyon-kubebyon-worker']);
});

describe('routes to Pods', () => {
  const values = (podCIDRRoute: Values, more: Values = {}) =>
    gatewayValues({ workload: { enabled: true, podCIDRRoute: { enabled: true, ...podCIDRRoute } } }, more);
  const agentOf = (podCIDRRoute: Values, more: Values = {}) =>
    objectOf(
      objectsOf('single-node', values(podCIDRRoute, more)),
      'DaemonSet',
      'kubebyon-kubebyon-route-agent',
    );

  test('with mode routeagent are kept by a DaemonSet on the network of every Node', () => {
    const spec = dig(agentOf({}), 'spec', 'template', 'spec');
    expect(spec).toMatchObject({
      hostNetwork: true,
      dnsPolicy: 'ClusterFirstWithHostNet',
      tolerations: [{ operator: 'Exists' }],
      priorityClassName: 'system-node-critical',
      terminationGracePeriodSeconds: 10,
      securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(dig(containerOf(agentOf({}), 'route-agent'), 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
    });
    expect(dig(agentOf({}), 'spec', 'updateStrategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 1 },
    });
    for (const field of ['hostPID', 'hostIPC']) expect(dig(spec, field)).toBeUndefined();
    expect(dig(spec, 'volumes')).toEqual([{ name: 'tmp', emptyDir: {} }]);
  });

  test('open no port of the Node and have no probe, unless they are to tell of their health', () => {
    const container = (routeAgent: Values) => containerOf(agentOf({}, { routeAgent }), 'route-agent');
    for (const field of ['ports', 'livenessProbe', 'readinessProbe'])
      expect(dig(container({}), field)).toBeUndefined();
    expect(dig(container({}), 'args')).toEqual(['route-agent', '--log-format=json']);
    const asked = (path: string, periodSeconds: number) => ({
      httpGet: { path, port: 9157, host: '127.0.0.1', scheme: 'HTTP' },
      periodSeconds,
    });
    expect(container({ health: { enabled: true } })).toMatchObject({
      args: ['route-agent', '--log-format=json', '--metrics-address=127.0.0.1:9157'],
      ports: [{ name: 'health', containerPort: 9157, hostPort: 9157, protocol: 'TCP' }],
      livenessProbe: asked('/healthz', 20),
      readinessProbe: asked('/readyz', 10),
    });
    const own = { exec: { command: ['true'] } };
    expect(container({ livenessProbe: own })).toMatchObject({ livenessProbe: own });
    expect(container({ health: { enabled: true, port: 9200 }, livenessProbe: own })).toMatchObject({
      args: ['route-agent', '--log-format=json', '--metrics-address=127.0.0.1:9200'],
      livenessProbe: own,
    });
  });

  test('are taken away by a Job that knows by which protocol they are marked', () => {
    const hooks = hooksOf('single-node', values({}, { routeAgent: { protocol: 200 } }));
    expect(JSON.stringify(hooks)).toContain('"--protocol=200"');
  });

  test('run on the Nodes that targetNodeSelector names', () => {
    const selector = (podCIDRRoute: Values, routeAgent: Values = {}) =>
      dig(agentOf(podCIDRRoute, { routeAgent }), 'spec', 'template', 'spec', 'nodeSelector');
    expect(selector({})).toBeUndefined();
    expect(
      selector({ targetNodeSelector: { edge: 'a' } }, { nodeSelector: { edge: 'b', os: 'linux' } }),
    ).toEqual({
      edge: 'a',
      os: 'linux',
    });
  });

  test.each(['edgeclusters.kubebyon.app', 'routeplans.kubebyon.app'])(
    'come with the definition %s, which an uninstall keeps',
    (name) => {
      const definition = objectOf(objectsOf('single-node', values({})), 'CustomResourceDefinition', name);
      expect(dig(definition, 'metadata', 'annotations', 'helm.sh/resource-policy')).toBe('keep');
      expect(
        namesOf(
          objectsOf('single-node', values({}, { crds: { install: false } })),
          'CustomResourceDefinition',
        ),
      ).toEqual([]);
    },
  );

  test('with mode local are kept by the API, with the one capability for it and without agent', () => {
    const objects = objectsOf('single-node', values({ mode: 'local' }, { api: { hostNetwork: true } }));
    expect(namesOf(objects, 'DaemonSet')).toEqual([]);
    expect(dig(containerOf(objectOf(objects, 'Deployment', API), 'api'), 'securityContext')).toMatchObject({
      capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
    });
  });

  test('with mode local the API is told its Node and the mark of routes, and only then', () => {
    const told = (podCIDRRoute: Values) => {
      const more = {
        api: { hostNetwork: true },
        routeAgent: { protocol: 200, protectedCIDRs: ['10.96.0.0/12'] },
      };
      const container = containerOf(
        objectOf(objectsOf('single-node', values(podCIDRRoute, more)), 'Deployment', API),
        'api',
      );
      return digList(container, 'env').filter((one) =>
        /^NODE_|^KUBEBYON_EDGE_ROUTE_/.test(String(dig(one, 'name'))),
      );
    };
    expect(told({})).toEqual([]);
    expect(told({ mode: 'local' })).toEqual([
      { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      { name: 'KUBEBYON_EDGE_ROUTE_PROTOCOL', value: '200' },
      { name: 'KUBEBYON_EDGE_ROUTE_METRIC', value: '4242' },
      { name: 'KUBEBYON_EDGE_ROUTE_PROTECTED_CIDRS', value: '10.96.0.0/12' },
    ]);
  });
});

describe.each(CHARTS)('images of %s', (chart) => {
  const image = (values: Values) =>
    dig(containerOf(objectOf(objectsOf(chart, values), 'Deployment', API), 'api'), 'image');
  const digest = `sha256:${'ab'.repeat(32)}`;

  test.each([
    [{}, {}, 'kubebyon-api:0.1.0'],
    [{ tag: '1.10' }, {}, 'kubebyon-api:1.10'],
    [{ tag: '1.10', digest }, {}, `kubebyon-api@${digest}`],
    [
      { repository: 'team/api' },
      { imageRegistry: 'images.example.com:5000' },
      'images.example.com:5000/team/api:0.1.0',
    ],
  ])('of %j and %j are %s', (apiImage, global, expected) => {
    expect(image({ api: { image: apiImage }, global })).toBe(expected);
  });

  test('have the version of KubeBYON that the release is for', () => {
    const release = { ...USUAL_RELEASE, appVersion: '9.8.7' };
    const objects = render(valuesFrom(chart, {}), release).manifests.map(({ manifest }) => manifest);
    expect(dig(containerOf(objectOf(objects, 'Deployment', API), 'api'), 'image')).toBe('kubebyon-api:9.8.7');
  });
});
