/** What a platform team does with what is rendered, before it goes to its own repository. */
import { type RenderedManifest, type SourcedObject, toYaml } from 'kubebyon-gateway';

/** A field of one Deployment that no value sets. */
export function withOverlay(rendered: RenderedManifest): RenderedManifest {
  const { source, manifest } = rendered;
  if (manifest.kind !== 'Deployment' || !manifest.metadata.name.endsWith('-api')) return rendered;
  return { source, manifest: { ...manifest, spec: { ...manifest.spec, minReadySeconds: 10 } } };
}

/** The same with a field that no Deployment has. */
export function withMistake(rendered: RenderedManifest): RenderedManifest {
  const { source, manifest } = rendered;
  if (manifest.kind !== 'Deployment') return rendered;
  // @ts-expect-error `minReadySecond`
  return { source, manifest: { ...manifest, spec: { ...manifest.spec, minReadySecond: 10 } } };
}

/** Every image that the release runs. */
export function imagesOf(manifests: readonly RenderedManifest[]): readonly string[] {
  const workloads = manifests.flatMap(({ manifest }) =>
    manifest.kind === 'Deployment' || manifest.kind === 'DaemonSet'
      ? (manifest.spec.template.spec ?? [])
      : [],
  );
  const all = workloads.flatMap(({ initContainers = [], containers }) => [...initContainers, ...containers]);
  return [...new Set(all.flatMap(({ image }) => image ?? []))];
}

const OWN: SourcedObject = {
  source: 'own/network-policy.yaml',
  manifest: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'only-gateways', namespace: 'kubebyon-system' },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  },
};

/** The text of the release with an object of one's own. */
export function withOwn(manifests: readonly RenderedManifest[]): string {
  return toYaml([...manifests, OWN]);
}
