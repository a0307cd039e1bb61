import type { Change, Inventory, KubeObject, World } from '../../planner/world/index.ts';
import { referenceKey } from '../../planner/world/objects.ts';

/** Keeps what changes tell, so that it can be written as a World at any moment. */
export interface WorldRecorder {
  observe(change: Change): void;
  /**
   * Everything that has been told.
   *
   * @param moment the time of the plan that the World is for, what the plan before it remembered, and the environment.
   */
  world(moment: Pick<World, 'now' | 'env'> & { readonly memory?: unknown }): World;
}

/** A recorder of which nothing is known yet: nothing is complete, so nothing is withdrawn. */
export function recordWorld(): WorldRecorder {
  let inventory: Omit<Inventory, 'clusters'> = { complete: false, revision: '' };
  let host: Omit<World['host'], 'objects'> = { complete: false };
  let routes: World['routes'];
  const clusters = new Map<string, Inventory['clusters'][number]>();
  const objects = new Map<string, KubeObject>();
  const tenants = new Map<string, NonNullable<World['tenants']>[string]>();
  const probes = new Map<string, NonNullable<World['probes']>[string]>();
  const dns = new Map<string, NonNullable<World['dns']>[string]>();
  return {
    observe: (change) => {
      switch (change.of) {
        case 'inventory':
          inventory = change.inventory;
          return;
        case 'cluster':
          keep(clusters, change.id, change.cluster);
          // One that goes takes its tenant and probes with it.
          if (change.cluster === null) for (const map of [tenants, probes]) map.delete(change.id);
          return;
        case 'host':
          host = change.host;
          return;
        case 'object':
          keep(objects, referenceKey(change.reference), change.object);
          return;
        case 'tenant':
          keep(tenants, change.id, change.tenant);
          return;
        case 'probes':
          keep(probes, change.id, change.probes);
          return;
        case 'dns':
          keep(dns, change.hostname, change.answers);
          return;
        case 'routes':
          routes = change.routes ?? undefined;
          return;
        case 'memory':
          return;
      }
    },
    world: ({ now, env, memory }) => ({
      apiVersion: 'kubebyon.app/v1alpha1',
      kind: 'World',
      now,
      ...(env === undefined ? {} : { env }),
      inventory: { ...inventory, clusters: [...clusters.values()] },
      // The kinds that are watched are those of a World.
      host: { ...host, objects: [...objects.values()] as World['host']['objects'] },
      tenants: Object.fromEntries(tenants),
      dns: Object.fromEntries(dns),
      probes: Object.fromEntries(probes),
      ...(routes === undefined ? {} : { routes }),
      ...(memory === undefined ? {} : { memory }),
    }),
  };
}

function keep<T>(map: Map<string, T>, key: string, value: T | null): void {
  if (value === null) map.delete(key);
  else map.set(key, value);
}
