import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import { choose, either, type Template, toText, when } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { names } from '../../values/names.ts';
import { containerPort } from './containers.ts';
import { imageReference } from './image.ts';
import { whenSet } from './pod.ts';

const { api, haproxy } = values;

/** Where the ConfigMap with script and seed is mounted. */
const SEED_DIR = '/etc/kubebyon/haproxy';

/** Where the API leaves the configuration and haproxy reads it. */
const RUNTIME_DIR = '/var/run/kubebyon/haproxy';

/** Port of haproxy in a Pod with a network of its own: below 1024 it would need root. */
const UNPRIVILEGED_PORT = 8443;

const health = {
  httpGet: {
    // On the network of the Node the answer stays on the loopback address, where the kubelet reaches it as well.
    host: when<string>(api.hostNetwork, '127.0.0.1'),
    path: '/healthz',
    port: haproxy.healthPort,
    scheme: 'HTTP' as const,
  },
};

export const runtimeMount = { name: 'haproxy-runtime', mountPath: RUNTIME_DIR };

export const haproxyVolumes: readonly Template<IVolume>[] = [
  { name: 'haproxy-config', configMap: { name: names.haproxy, defaultMode: 0o555 } },
  { name: 'haproxy-runtime', emptyDir: {} },
];

/** The haproxy container (runbook section 5.1): port 443 of the Node with hostNetwork, else behind the Service. */
export const haproxyContainer: Template<IContainer> = {
  name: 'haproxy',
  image: imageReference('haproxy', haproxy.image),
  imagePullPolicy: haproxy.image.pullPolicy,
  command: ['/bin/sh', `${SEED_DIR}/start-haproxy.sh`],
  env: [
    { name: 'HAPROXY_SEED_DIR', value: SEED_DIR },
    { name: 'HAPROXY_RUNTIME_DIR', value: RUNTIME_DIR },
    { name: 'HAPROXY_POLL_SECONDS', value: toText(haproxy.pollSeconds) },
    { name: 'HAPROXY_BIND_PORT', value: choose(api.hostNetwork, '443', String(UNPRIVILEGED_PORT)) },
    { name: 'HAPROXY_HEALTH_ADDRESS', value: choose(api.hostNetwork, '127.0.0.1', '::') },
    { name: 'HAPROXY_HEALTH_PORT', value: toText(haproxy.healthPort) },
  ],
  ports: [
    {
      name: 'control-plane',
      containerPort: choose(api.hostNetwork, 443, UNPRIVILEGED_PORT),
      hostPort: when(api.hostNetwork, 443),
      protocol: 'TCP',
    },
    containerPort('haproxy-health', haproxy.healthPort, api.hostNetwork),
  ],
  livenessProbe: { ...health, periodSeconds: 20 },
  readinessProbe: { ...health, periodSeconds: 10 },
  resources: whenSet(haproxy.resources),
  securityContext: either(
    api.hostNetwork,
    {
      runAsUser: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    {
      // The image names its user, and runAsNonRoot asks for a number.
      runAsUser: 99,
      runAsGroup: 99,
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ),
  volumeMounts: [
    { name: 'haproxy-config', mountPath: SEED_DIR, readOnly: true },
    { name: 'haproxy-runtime', mountPath: RUNTIME_DIR },
  ],
};
