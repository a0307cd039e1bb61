/**
 * What a program that uses the library may write, and what must not compile; see `template.ts`. "npm run check:package" reads
 * it against the packed declarations too.
 */
import {
  compareWithGolden,
  type KubernetesObject,
  type LoadedValues,
  loadValues,
  type MultiNodeUserValues,
  type Problem,
  type RenderedManifest,
  toYaml,
  valuesFrom,
} from '../../src/index.ts';

interface MyValues {
  gatewayAPI: { addressMode: 'single' | 'dual'; gatewayClassProfiles: { edge: string } };
  api: { replicas: number; extraEnv: { name: string; value: string }[]; podLabels: { team: string } };
  global: MyGlobals;
}

interface MyGlobals {
  imageRegistry: string;
  otherChart: { enabled: boolean };
}

declare const mine: MyValues;
declare const single: LoadedValues<'single-node'>;
declare const problems: readonly Problem[];
declare const manifests: readonly RenderedManifest[];

export const loaded = valuesFrom('multi-node', mine);
export const replicas: number = loaded.values.api.replicas;
export const workers: number = loadValues('multi-node', []).values.worker.replicas;
export const ofAnyChart: LoadedValues = loaded;
export const listeners: readonly string[] = manifests.flatMap(({ manifest }) =>
  manifest.kind === 'Gateway' ? manifest.spec.listeners.map(({ name }) => name) : [],
);
export const names: readonly string[] = manifests.map(({ manifest }) => manifest.metadata.name);

export const overDefaults: MultiNodeUserValues = {
  api: { livenessProbe: { httpGet: { path: '/ready' } }, readinessProbe: { httpGet: null }, extraEnv: null },
  worker: { tolerations: [{ operator: 'Exists' }], resources: { limits: { cpu: 1, memory: '1Gi' } } },
  gatewayAPI: { addresses: [{ value: '192.0.2.1' }] },
  global: { otherChart: { enabled: true } },
};

export const hasBadFlag = problems.some(({ code }) => code === 'BadSetFlag' || code === 'UnknownKey');

const own = {
  source: 'own/config-map.yaml',
  manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { a: 'b' } },
};
export const withOwn = toYaml([...manifests, own]);
export const compared = compareWithGolden([...manifests, own], '');
export const literal: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'a' },
  data: {},
};

// @ts-expect-error a misspelt key
valuesFrom('multi-node', { gatewayAPI: { adressMode: 'dual' } });

// @ts-expect-error a text where a number is asked for
valuesFrom('multi-node', { api: { replicas: 'x' } });

// @ts-expect-error a word that the choice does not have
valuesFrom('multi-node', { publicAccess: { provider: 'gateway' } });

// @ts-expect-error null over what the chart cannot do without
valuesFrom('multi-node', { api: { replicas: null } });

// @ts-expect-error a misspelt key of Kubernetes in a piece
valuesFrom('multi-node', { api: { livenessProbe: { httpGet: { pth: '/' } } } });

// @ts-expect-error a required key of Kubernetes that an element lacks
valuesFrom('multi-node', { api: { extraEnv: [{ value: 'x' }] } });

// @ts-expect-error the single-node chart has no worker
valuesFrom('single-node', { worker: { replicas: 2 } });

// @ts-expect-error an unknown chart
valuesFrom('multi', {});

// @ts-expect-error complete values of the single-node chart have no worker either
export const noWorker = single.values.worker;

// @ts-expect-error the values of one chart are not those of another
export const otherChart: LoadedValues<'multi-node'> = single;

// @ts-expect-error not every object has a spec
export const specOfAny = manifests.map(({ manifest }) => manifest.spec);

// @ts-expect-error no chart installs a Secret
export const secrets = manifests.filter(({ manifest }) => manifest.kind === 'Secret');

// @ts-expect-error an object has a kind
toYaml([{ source: 'own.yaml', manifest: { apiVersion: 'v1', metadata: {} } }]);

for (const { manifest } of manifests) {
  // @ts-expect-error nobody changes what is rendered
  if (manifest.kind === 'Deployment') manifest.spec.replicas = 2;
}

// @ts-expect-error no problem has this code
export const unknownCode = problems.some(({ code }) => code === 'ListnerNamesEqual');
