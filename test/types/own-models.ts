/** A program that has the models of Kubernetes itself: what it makes with them is taken, and what it gets is theirs. */
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { type Manifest, type RenderedManifest, toYaml } from '../../src/index.ts';
import type { HostObject } from '../../src/planner/index.ts';

declare const manifests: readonly RenderedManifest[];
declare const deployment: IDeployment;
declare const policy: INetworkPolicy;

export const text = toYaml([
  ...manifests,
  { source: 'own/deployment.yaml', manifest: deployment },
  { source: 'own/policy.yaml', manifest: policy },
]);

type Of<K extends Manifest['kind']> = Extract<Manifest, { readonly kind: K }>;

/** A copy may be changed, so it is of the models' own types. */
export const gateway = (manifest: Of<'Gateway'>): IGateway => structuredClone(manifest) as IGateway;
export const listener = (manifest: Of<'Gateway'>): string => manifest.spec.listeners[0]?.name ?? '';

/** An object that was read from a cluster has a name. */
export const shown = (read: IGateway & { metadata: { name: string } }): HostObject => read;
