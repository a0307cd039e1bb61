import type { ObjectReference } from './action.ts';
import type {
  DnsAnswer,
  EdgeClusterInput,
  Host,
  Inventory,
  KubeObject,
  Probe,
  Tenant,
  World,
} from './world.ts';

/**
 * One thing of a world that is another one now. What it carries replaces what was there and is never changed in place;
 * null takes it away.
 */
export type Change =
  /** What the inventory says beside its entries. */
  | { readonly of: 'inventory'; readonly inventory: Omit<Inventory, 'clusters'> }
  /** An entry of the inventory. One that goes takes its tenant and probes with it. */
  | { readonly of: 'cluster'; readonly id: string; readonly cluster: EdgeClusterInput | null }
  /** What the host says beside its objects. */
  | { readonly of: 'host'; readonly host: Omit<Host, 'objects'> }
  /** An object of the host; `reference` says which one. */
  | { readonly of: 'object'; readonly reference: ObjectReference; readonly object: KubeObject | null }
  /** Of a cluster that the inventory lists. */
  | { readonly of: 'tenant'; readonly id: string; readonly tenant: Tenant | null }
  /** Of a cluster that the inventory lists. */
  | { readonly of: 'probes'; readonly id: string; readonly probes: readonly Probe[] | null }
  /** The answers of DNS for a normalised hostname. */
  | { readonly of: 'dns'; readonly hostname: string; readonly answers: readonly DnsAnswer[] | null }
  | { readonly of: 'routes'; readonly routes: World['routes'] | null }
  /** Memory that was lost or restored. What the planner's own last plan returned needs no telling. */
  | { readonly of: 'memory'; readonly memory: unknown };
