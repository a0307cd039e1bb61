import { emitDocument, type RenderedManifest } from '../../../../src/index.ts';
import type { RenderedObject } from './protocol.ts';

/** Rendered objects with their YAML; joined behind their headers they are what `toYaml` gives. */
export function renderedObjects(manifests: readonly RenderedManifest[]): readonly RenderedObject[] {
  return manifests.map(({ source, manifest }) => {
    const { name, namespace } = manifest.metadata as { name?: string; namespace?: string };
    return {
      key: [manifest.kind, namespace ?? '', name ?? ''].join('/'),
      kind: manifest.kind,
      namespace,
      name: name ?? '',
      source,
      yaml: emitDocument(manifest),
    };
  });
}
