import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import type { Change } from '../../planner/world/index.ts';
import { at, get, listOf, textOf } from '../../planner/world/json.ts';
import type { KubeObject } from '../../planner/world/world.ts';

/** Where a Gateway answers. */
export interface Entry {
  readonly address: string;
  readonly port: number;
}

/** Remembers where the control-plane Gateway answers. */
export interface EntryFacts {
  take(change: Change): void;
  entry(): Entry | undefined;
}

export function controlPlaneEntry(config: RuntimeConfig): EntryFacts {
  let entry: Entry | undefined;
  return {
    take: (change) => {
      if (change.of !== 'object' || config.provider !== 'gatewayapi') return;
      const { kind, namespace, name } = change.reference;
      const { gateway, listenerName } = config.controlPlane;
      if (kind !== 'Gateway' || namespace !== gateway.namespace || name !== gateway.name) return;
      entry = change.object === null ? undefined : entryOf(change.object, listenerName);
    },
    entry: () => entry,
  };
}

/** The first address of a Gateway, and the port of a listener; undefined without either. */
function entryOf(gateway: KubeObject, listenerName: string): Entry | undefined {
  const listener = listOf(at(gateway, 'spec', 'listeners')).find((one) => get(one, 'name') === listenerName);
  const port = get(listener, 'port');
  const [address] = listOf(at(gateway, 'status', 'addresses')).flatMap(
    (one) => textOf(get(one, 'value')) ?? [],
  );
  return typeof port === 'number' && address !== undefined ? { address, port } : undefined;
}
