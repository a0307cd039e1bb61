import { emitDocument } from '../yaml/index.ts';
import { checkManifests } from './arguments.ts';
import type { RenderedManifest } from './render.ts';

/**
 * The YAML of rendered objects: a stream of documents, each led by the file of the chart that it comes from.
 * Every YAML 1.1 and 1.2 reader reads it alike, and equal objects give equal bytes.
 *
 * @throws TypeError naming the argument when they are no rendered objects.
 */
export function toYaml(manifests: readonly RenderedManifest[]): string {
  checkManifests(manifests);
  let text = '';
  for (const { source, manifest } of manifests) {
    text += `---\n# Source: ${source}\n${emitDocument(manifest)}`;
  }
  return text;
}
