/**
 * Pieces that the API server takes, by the key that they stand under: many ways of each, so that one change of them is
 * one mistake and no more.
 */
export const VALID: Readonly<Record<string, readonly unknown[]>> = {
  resources: [
    { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '1Gi' } },
    { limits: { cpu: 1.5, memory: 1e9, 'ephemeral-storage': '1G', 'hugepages-2Mi': '4Mi' } },
    { requests: { 'example.com/gpu': 1 }, limits: { 'example.com/gpu': '1', cpu: '+1' } },
  ],
  tolerations: [
    [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoExecute', tolerationSeconds: 30 }],
    [{ operator: 'Exists' }, { key: 'example.com/edge', effect: 'PreferNoSchedule' }],
  ],
  affinity: [
    {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64', 'arm64'] },
                { key: 'edge', operator: 'Exists' },
                { key: 'cores', operator: 'Gt', values: ['4'] },
              ],
              matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }],
            },
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 10,
            preference: { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] },
          },
        ],
      },
    },
    {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] },
              namespaces: ['edge'],
              matchLabelKeys: ['pod-template-hash'],
            },
          },
        ],
      },
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'zone', labelSelector: { matchLabels: { a: 'b' } }, namespaceSelector: {} },
        ],
      },
    },
  ],
  topologySpreadConstraints: [
    [
      {
        maxSkew: 1,
        minDomains: 2,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'api' } },
        matchLabelKeys: ['pod-template-hash'],
        nodeAffinityPolicy: 'Honor',
        nodeTaintsPolicy: 'Ignore',
      },
      { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
    ],
  ],
  podSecurityContext: [
    {
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      supplementalGroups: [1, 2],
      supplementalGroupsPolicy: 'Strict',
      sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }],
      seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/edge.json' },
      seLinuxOptions: { level: 's0:c1,c2' },
    },
  ],
  securityContext: [
    {
      runAsUser: 1001,
      readOnlyRootFilesystem: false,
      allowPrivilegeEscalation: true,
      privileged: true,
      procMount: 'Default',
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      appArmorProfile: { type: 'RuntimeDefault' },
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ],
  extraEnv: [
    [
      { name: 'A', value: 'yes' },
      { name: 'B', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
      { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
      { name: 'D', valueFrom: { secretKeyRef: { name: 'credentials', key: 'a.b', optional: true } } },
      { name: 'E', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
      { name: 'F', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['example.com/A']" } } },
    ],
  ],
  extraEnvFrom: [
    [{ configMapRef: { name: 'settings', optional: true } }, { prefix: 'A_', secretRef: { name: 'b' } }],
  ],
  extraVolumes: [
    [
      { name: 'a', emptyDir: { sizeLimit: '1Gi', medium: 'Memory' } },
      {
        name: 'b',
        configMap: { name: 'settings', defaultMode: 420, items: [{ key: 'a', path: 'x/y', mode: 256 }] },
      },
      { name: 'c', secret: { secretName: 'credentials', optional: true } },
      { name: 'd', hostPath: { path: '/dev/fuse', type: 'CharDevice' } },
    ],
    [
      {
        name: 'p',
        projected: {
          defaultMode: 292,
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: 3600, audience: 'a' } },
            { configMap: { name: 'ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
          ],
        },
      },
      { name: 'q', persistentVolumeClaim: { claimName: 'data', readOnly: true } },
      { name: 'n', nfs: { server: 'files.internal', path: '/srv' } },
      {
        name: 's',
        csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { a: 'b' } },
      },
      { name: 'i', image: { reference: 'files:1', pullPolicy: 'Always' } },
      {
        name: 'e',
        ephemeral: {
          volumeClaimTemplate: {
            metadata: { labels: { a: 'b' } },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        },
      },
    ],
  ],
  extraVolumeMounts: [
    [{ name: 'tmp', mountPath: '/cache', subPath: 'a/b', readOnly: true, mountPropagation: 'None' }],
  ],
  extraContainers: [
    [
      {
        name: 'shipper',
        image: 'fluent-bit:3.2',
        args: ['-c', '/etc/x'],
        ports: [
          { name: 'metrics', containerPort: 2020 },
          { containerPort: 2021, protocol: 'UDP' },
        ],
        env: [{ name: 'A', value: '1' }],
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        livenessProbe: {
          httpGet: { path: '/', port: 'metrics', httpHeaders: [{ name: 'X-A', value: 'b' }] },
        },
        readinessProbe: { grpc: { port: 2020, service: 'a' }, successThreshold: 2 },
        lifecycle: {
          preStop: { exec: { command: ['sleep', '1'] } },
          postStart: { tcpSocket: { port: 2020 } },
        },
        resources: { limits: { cpu: 1 } },
        resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
        imagePullPolicy: 'IfNotPresent',
        terminationMessagePolicy: 'File',
        securityContext: { runAsNonRoot: true },
      },
    ],
  ],
  extraInitContainers: [
    [
      { name: 'migrate', image: 'migrate:1', command: ['migrate'], envFrom: [{ secretRef: { name: 'db' } }] },
      {
        name: 'sidecar',
        image: 'proxy:1',
        restartPolicy: 'Always',
        startupProbe: { tcpSocket: { port: 9000 }, failureThreshold: 30 },
      },
    ],
  ],
  livenessProbe: [
    { httpGet: null, tcpSocket: { port: 8080 }, failureThreshold: 5, terminationGracePeriodSeconds: 10 },
    { httpGet: null, grpc: { port: 9000 } },
    { timeoutSeconds: 2 },
  ],
  readinessProbe: [
    { httpGet: { path: '/ready', port: 8080, scheme: 'HTTPS', host: 'a.internal' }, successThreshold: 2 },
    { httpGet: null, exec: { command: ['true'] } },
  ],
  startupProbe: [
    { httpGet: { path: '/healthz', port: 'http' }, failureThreshold: 30, initialDelaySeconds: 1 },
  ],
  lifecycle: [
    { preStop: { sleep: { seconds: 5 } }, postStart: { httpGet: { port: 8080, path: '/started' } } },
  ],
  hostAliases: [
    [
      { ip: '192.0.2.1', hostnames: ['registry.internal', 'a'] },
      { ip: '2001:db8::1', hostnames: ['b'] },
    ],
  ],
  dnsConfig: [
    {
      nameservers: ['192.0.2.53', '2001:db8::53'],
      searches: ['svc.cluster.local', '_tcp.example.com.', '.'],
      options: [{ name: 'ndots', value: '2' }, { name: 'single-request' }],
    },
  ],
  selector: [
    { matchLabels: { tenant: 'yes' } },
    { matchExpressions: [{ key: 'tenant', operator: 'In', values: ['a', 'b'] }] },
  ],
  metricsFrom: [
    { matchLabels: { monitoring: 'yes' } },
    { matchExpressions: [{ key: 'monitoring', operator: 'In', values: ['a', 'b'] }] },
  ],
};
