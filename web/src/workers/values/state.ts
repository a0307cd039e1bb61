import { type LoadedValues, loadValues, type Release, type Rendered, render } from '../../../../src/index.ts';
import { renderedObjects } from './objects.ts';
import type { RenderedObject, Session } from './protocol.ts';

/** A session, and what came of it. */
export interface State {
  readonly session: Session;
  readonly loaded: LoadedValues;
  readonly release: Release;
  readonly rendered: Rendered;
  readonly objects: readonly RenderedObject[];
}

/** Loads and renders a session. */
export function stateOf(session: Session): State {
  const loaded = loadValues(session.chart, [{ kind: 'file', name: 'values.yaml', text: session.text }]);
  const release = { name: session.name, namespace: session.namespace };
  const rendered = render(loaded, release);
  return { session, loaded, release, rendered, objects: renderedObjects(rendered.manifests) };
}
