import { loadValues, type RenderedManifest, render } from '../../../../src/index.ts';
import { entriesOf } from './entries.ts';
import type { ClassesAnswer, ClassRow, Entries } from './protocol.ts';
import type { State } from './state.ts';

const ENTRIES = ['controlPlane', 'platform', 'workload'] as const;

/** Which GatewayClass each entry gets in both modes, by rendering both. */
export function classesOf(state: State): ClassesAnswer {
  const single = entriesWith(state, 'single');
  const dual = entriesWith(state, 'dual');
  const rows = ENTRIES.map(
    (entry): ClassRow => ({ entry, single: single?.[entry]?.className, dual: dual?.[entry]?.className }),
  );
  return { kind: 'classes', rows, current: currentMode(state) };
}

function entriesWith({ session, release }: State, mode: 'single' | 'dual'): Entries | undefined {
  const loaded = loadValues(session.chart, [
    { kind: 'file', name: 'values.yaml', text: session.text },
    { kind: 'set', expression: `gatewayAPI.addressMode=${mode}` },
  ]);
  const manifests: readonly RenderedManifest[] = render(loaded, release).manifests;
  return manifests.length === 0 ? undefined : entriesOf(manifests);
}

function currentMode({ loaded, rendered }: State): ClassesAnswer['current'] {
  const hasGateway = rendered.manifests.some(({ manifest }) => manifest.kind === 'Gateway');
  return hasGateway ? loaded.values.gatewayAPI.addressMode : undefined;
}
