import { type Manifest, render, valuesFrom } from '../../src/index.ts';

const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };

/** The definition of one of our own kinds, as the chart renders it: `routeplans` or `edgeclusters`. */
export function definitionOf(plural: string): Manifest {
  const { manifests } = render(valuesFrom('single-node', {}), RELEASE);
  const found = manifests.find(
    ({ manifest }) =>
      manifest.kind === 'CustomResourceDefinition' &&
      JSON.stringify(manifest.metadata).includes(`"${plural}.kubebyon.app"`),
  );
  if (found === undefined) throw new Error(`the chart renders no definition of ${plural}`);
  return found.manifest;
}
