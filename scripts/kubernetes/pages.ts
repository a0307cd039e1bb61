import type { KubernetesTypeName } from '../../src/values/kubernetes/models.ts';

/** What the page of the values shows of a type of Kubernetes. */
export interface TypePage {
  /** Title of the page of the documentation of Kubernetes. */
  readonly title: string;
  /** Its path below kubernetes.io/docs. */
  readonly path: string;
  /** A values file that uses the type; test/docs/pieces.test.ts checks that it renders without a word. */
  readonly example: string;
}

/** A page and an example for every type that a piece of the values may be of. */
export const TYPE_PAGES: Readonly<Record<KubernetesTypeName, TypePage>> = {
  Affinity: {
    title: 'Assigning Pods to Nodes',
    path: 'concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity',
    example: `api:
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector: {matchLabels: {app.kubernetes.io/component: api}}
`,
  },
  Container: {
    title: 'Init Containers; Sidecar Containers',
    path: 'concepts/workloads/pods/init-containers/',
    example: `api:
  extraInitContainers:
    - name: wait-for-database
      image: busybox:1.37
      command: [sh, -c, "until nc -z database 5432; do sleep 2; done"]
  extraContainers:
    - name: shipper
      image: fluent/fluent-bit:4.0
      volumeMounts: [{name: tmp, mountPath: /tmp}]
`,
  },
  EnvFromSource: {
    title: 'Configure a Pod to Use a ConfigMap',
    path: 'tasks/configure-pod-container/configure-pod-configmap/#configure-all-key-value-pairs-in-a-configmap-as-container-environment-variables',
    example: `api:
  extraEnvFrom:
    - secretRef: {name: kubebyon-database}
    - prefix: SMTP_
      configMapRef: {name: mail, optional: true}
`,
  },
  EnvVar: {
    title: 'Define Environment Variables for a Container',
    path: 'tasks/inject-data-application/define-environment-variable-container/',
    example: `api:
  extraEnv:
    - {name: LOG_LEVEL, value: debug}
    - {name: TIMEOUT_SECONDS, value: "30"} # texts, also of digits: in quotes
    - name: DATABASE_URL
      valueFrom: {secretKeyRef: {name: kubebyon-database, key: url}}
`,
  },
  HostAlias: {
    title: 'Adding entries to Pod /etc/hosts with HostAliases',
    path: 'tasks/network/customize-hosts-file-for-pods/',
    example: `api:
  hostAliases:
    - {ip: 192.0.2.10, hostnames: [identity.internal]}
`,
  },
  LabelSelector: {
    title: 'Labels and Selectors',
    path: 'concepts/overview/working-with-objects/labels/#label-selectors',
    example: `publicAccess: {provider: gatewayapi}
gatewayAPI:
  workload:
    enabled: true
    allowedRoutes:
      namespaces:
        from: Selector
        selector: {matchLabels: {kubebyon.example.com/tenant: "true"}}
`,
  },
  Lifecycle: {
    title: 'Container Lifecycle Hooks',
    path: 'concepts/containers/container-lifecycle-hooks/',
    example: `api:
  terminationGracePeriodSeconds: 60
  lifecycle: {preStop: {sleep: {seconds: 15}}}
`,
  },
  PodDNSConfig: {
    title: 'DNS for Services and Pods',
    path: 'concepts/services-networking/dns-pod-service/#pod-dns-config',
    example: `api:
  dnsConfig:
    options: [{name: ndots, value: "2"}]
`,
  },
  PodSecurityContext: {
    title: 'Configure a Security Context for a Pod or Container',
    path: 'tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod',
    example: `api:
  podSecurityContext: {fsGroup: 2000, fsGroupChangePolicy: OnRootMismatch}
`,
  },
  Probe: {
    title: 'Configure Liveness, Readiness and Startup Probes',
    path: 'tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
    example: `api:
  livenessProbe:
    httpGet: null # takes away that of the default, which would stand beside grpc
    grpc: {port: 9000}
  startupProbe: {httpGet: {path: /healthz, port: http}, failureThreshold: 30}
`,
  },
  ResourceRequirements: {
    title: 'Resource Management for Pods and Containers',
    path: 'concepts/configuration/manage-resources-containers/',
    example: `api:
  resources:
    requests: {cpu: 250m, memory: 256Mi}
    limits: {memory: 512Mi}
`,
  },
  SecurityContext: {
    title: 'Configure a Security Context for a Pod or Container',
    path: 'tasks/configure-pod-container/security-context/#set-the-security-context-for-a-container',
    example: `api:
  securityContext: {runAsUser: 1000}
`,
  },
  Toleration: {
    title: 'Taints and Tolerations',
    path: 'concepts/scheduling-eviction/taint-and-toleration/',
    example: `api:
  tolerations:
    - {key: dedicated, operator: Equal, value: platform, effect: NoSchedule}
    - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 30}
`,
  },
  TopologySpreadConstraint: {
    title: 'Pod Topology Spread Constraints',
    path: 'concepts/scheduling-eviction/topology-spread-constraints/',
    example: `api:
  replicas: 3
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: ScheduleAnyway
      labelSelector: {matchLabels: {app.kubernetes.io/component: api}}
`,
  },
  Volume: {
    title: 'Volumes',
    path: 'concepts/storage/volumes/',
    example: `api:
  extraVolumes:
    - name: ca
      configMap: {name: company-ca, defaultMode: 0444}
  extraVolumeMounts:
    - {name: ca, mountPath: /etc/company-ca, readOnly: true}
`,
  },
  VolumeMount: {
    title: 'Volumes',
    path: 'concepts/storage/volumes/#using-subpath',
    example: `api:
  extraVolumeMounts:
    - {name: tmp, mountPath: /var/cache/kubebyon, subPath: cache}
`,
  },
};

/** The part of the page about pieces of manifests. */
export function piecesPart(): readonly string[] {
  const types = Object.entries<TypePage>(TYPE_PAGES);
  return [
    '## Pieces of manifests',
    'A key that holds a type of Kubernetes goes into the manifest as it is written. Its keys, words and numbers are checked against the types of the API server, and what they mean together as the API server itself would judge it; [helm-versions.md](helm-versions.md#pieces-of-manifests) says which of it Helm checks as well. Maps merge with a default, so a key of the default that must go is set to `null`; lists replace it.',
    ...types.flatMap(([name, { title, path, example }]) => [
      `### \`${name}\``,
      `Kubernetes documentation: [${title}](https://kubernetes.io/docs/${path}).`,
      `\`\`\`yaml\n${example}\`\`\``,
    ]),
  ];
}
