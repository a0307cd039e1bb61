import type { KubeObject } from '../support/api-client.ts';

/*
 * The default checks of kube-linter (its docs/generated/checks.md), by their names, as far as they can say something
 * about the kinds that the charts render. kube-linter itself is not needed to run them.
 */

interface Port {
  readonly name?: string;
  readonly containerPort: number;
}

interface Probe {
  readonly httpGet?: { readonly port: string | number };
  readonly tcpSocket?: { readonly port: string | number };
}

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly sysctls?: readonly { readonly name: string }[];
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly Port[];
  readonly securityContext?: SecurityContext;
  readonly resources?: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>> | undefined>>;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly serviceAccount?: string;
  readonly serviceAccountName?: string;
  readonly hostIPC?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly securityContext?: SecurityContext;
  readonly affinity?: { readonly podAntiAffinity?: object };
  readonly volumes?: readonly { readonly hostPath?: { readonly path: string } }[];
}

/** A Deployment or a DaemonSet. */
interface Workload {
  readonly object: KubeObject;
  readonly replicas: number;
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: PodSpec;
}

/** What a check has against some objects that are installed together: the objects, by kind and name. */
type Check = (objects: readonly KubeObject[], workloads: readonly Workload[]) => readonly string[];

function label({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

function ofPods(isBad: (pod: PodSpec, workload: Workload) => boolean): Check {
  return (_, workloads) =>
    workloads.filter((workload) => isBad(workload.pod, workload)).map(({ object }) => label(object));
}

function ofContainers(isBad: (container: Container, pod: PodSpec) => boolean): Check {
  return ofPods((pod) =>
    [...pod.containers, ...(pod.initContainers ?? [])].some((container) => isBad(container, pod)),
  );
}

function probePort(key: 'livenessProbe' | 'readinessProbe' | 'startupProbe'): Check {
  return ofContainers((container) => {
    const port = container[key]?.httpGet?.port ?? container[key]?.tcpSocket?.port;
    const isThere = ({ name, containerPort }: Port) => name === port || containerPort === port;
    return port !== undefined && !(container.ports ?? []).some(isThere);
  });
}

function ofHostMounts(path: RegExp): Check {
  return ofPods((pod) => (pod.volumes ?? []).some(({ hostPath }) => path.test(hostPath?.path ?? '')));
}

function withoutRequirement(resource: string): Check {
  return ofContainers(({ resources }) => resources?.requests?.[resource] === undefined);
}

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly targetPort: string | number }[];
}

function selects(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>) {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function ofServices(isBad: (service: ServiceSpec, workloads: readonly Workload[]) => boolean): Check {
  return (objects, workloads) =>
    objects
      .filter(({ kind }) => kind === 'Service')
      .filter(({ spec }) => isBad(spec as ServiceSpec, workloads)) // rendered by the chart
      .map(label);
}

interface BudgetSpec {
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  readonly unhealthyPodEvictionPolicy?: string;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
}

function ofBudgets(isBad: (budget: BudgetSpec, workloads: readonly Workload[]) => boolean): Check {
  return (objects, workloads) =>
    objects
      .filter(({ kind }) => kind === 'PodDisruptionBudget')
      .filter(({ spec }) => isBad(spec as BudgetSpec, workloads)) // rendered by the chart
      .map(label);
}

export const checks: Readonly<Record<string, Check>> = {
  'dangling-service': ofServices(
    ({ selector }, workloads) => !workloads.some(({ labels }) => selects(selector, labels)),
  ),
  'deprecated-service-account-field': ofPods(({ serviceAccount }) => serviceAccount !== undefined),
  'docker-sock': ofHostMounts(/docker\.sock$/),
  'drop-net-raw-capability': ofContainers(({ securityContext }) => {
    const { add = [], drop = [] } = securityContext?.capabilities ?? {};
    const isDropped = drop.includes('NET_RAW') || drop.includes('ALL') || drop.includes('all');
    return !isDropped || add.includes('NET_RAW');
  }),
  'duplicate-env-var': ofContainers(({ env = [] }) => new Set(env.map(({ name }) => name)).size < env.length),
  'env-var-secret': ofContainers(({ env = [] }) =>
    env.some(({ name, value = '' }) => /secret/i.test(name) && value !== ''),
  ),
  'host-ipc': ofPods(({ hostIPC }) => hostIPC === true),
  'host-network': ofPods(({ hostNetwork }) => hostNetwork === true),
  'host-pid': ofPods(({ hostPID }) => hostPID === true),
  'invalid-target-ports': ofServices(({ ports, selector }, workloads) => {
    const behind = workloads.filter(({ labels }) => selects(selector, labels));
    const open = behind.flatMap(({ pod }) => pod.containers.flatMap((container) => container.ports ?? []));
    const names = new Set(open.flatMap(({ name, containerPort }) => [name, containerPort]));
    return ports.some(({ targetPort }) => !names.has(targetPort as number));
  }),
  'job-ttl-seconds-after-finished': (objects) =>
    objects.filter(({ kind }) => kind === 'Job' || kind === 'CronJob').map(label),
  'latest-tag': ofContainers(
    ({ image }) => !/(:[^/:]+|@sha256:[0-9a-f]{64})$/.test(image) || /:latest$/.test(image),
  ),
  'liveness-port': probePort('livenessProbe'),
  'mismatching-selector': ofPods((_, { selector, labels }) => !selects(selector, labels)),
  'no-anti-affinity': ofPods(
    ({ affinity }, { object, replicas }) =>
      object.kind === 'Deployment' && replicas > 1 && affinity?.podAntiAffinity === undefined,
  ),
  'no-extensions-v1beta': (objects) =>
    objects.filter(({ apiVersion }) => apiVersion.startsWith('extensions/v1beta')).map(label),
  'no-read-only-root-fs': ofContainers(
    ({ securityContext }) => securityContext?.readOnlyRootFilesystem !== true,
  ),
  'non-existent-service-account': (objects, workloads) => {
    const accounts = objects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => metadata.name);
    return workloads
      .filter(
        ({ pod: { serviceAccountName = 'default' } }) =>
          !['default', ...accounts].includes(serviceAccountName),
      )
      .map(({ object }) => label(object));
  },
  'pdb-max-unavailable': ofBudgets(({ maxUnavailable }) => maxUnavailable === 0 || maxUnavailable === '0%'),
  'pdb-min-available': ofBudgets(({ minAvailable, selector: { matchLabels } }, workloads) => {
    const behind = workloads.filter(({ labels }) => selects(matchLabels, labels));
    return typeof minAvailable === 'number' && behind.some(({ replicas }) => replicas <= minAvailable);
  }),
  'pdb-unhealthy-pod-eviction-policy': ofBudgets(
    ({ unhealthyPodEvictionPolicy }) => unhealthyPodEvictionPolicy === undefined,
  ),
  'privilege-escalation-container': ofContainers(({ securityContext }) => {
    const { allowPrivilegeEscalation, privileged, capabilities } = securityContext ?? {};
    return (
      allowPrivilegeEscalation !== false ||
      privileged === true ||
      capabilities?.add?.includes('SYS_ADMIN') === true
    );
  }),
  'privileged-container': ofContainers(({ securityContext }) => securityContext?.privileged === true),
  'readiness-port': probePort('readinessProbe'),
  'run-as-non-root': ofContainers(({ securityContext }, pod) => {
    const user = securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
    const nonRoot = securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
    return user === 0 || (nonRoot !== true && user === undefined);
  }),
  'sensitive-host-mounts': ofHostMounts(/^\/(|boot|dev|etc|lib|proc|sys|usr)$/),
  'ssh-port': ofContainers(({ ports = [] }) => ports.some(({ containerPort }) => containerPort === 22)),
  'startup-port': probePort('startupProbe'),
  'unsafe-sysctls': ofPods(({ securityContext }) => (securityContext?.sysctls ?? []).length > 0),
  'unset-cpu-requirements': withoutRequirement('cpu'),
  'unset-memory-requirements': ofContainers(
    ({ resources }) => resources?.requests?.memory === undefined || resources.limits?.memory === undefined,
  ),
};

/** The Deployments and DaemonSets among some objects. */
export function workloadsIn(objects: readonly KubeObject[]): readonly Workload[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet')
    .map((object) => {
      // What the chart renders for these kinds.
      const {
        replicas = 1,
        selector,
        template,
      } = object.spec as {
        readonly replicas?: number;
        readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
        readonly template: {
          readonly metadata: { readonly labels: Readonly<Record<string, string>> };
          readonly spec: PodSpec;
        };
      };
      const { metadata, spec: pod } = template;
      return { object, replicas, selector: selector.matchLabels, labels: metadata.labels, pod };
    });
}
