import type { Failure } from '../../kube/index.ts';
import { sameData } from '../../planner/world/json.ts';
import type { EdgeClusterInput, Tenant } from '../../planner/world/world.ts';
import { createPool } from '../../process/pool.ts';
import { type TenantAccess, tenantAccess } from './access.ts';
import { type TenantFacts, type TenantOptions, watchTenant } from './tenant.ts';

export interface TenantsOptions extends Omit<TenantOptions, 'access' | 'onTenant'> {
  readonly onTenant: (cluster: string, tenant: Tenant) => void;
}

export interface TenantsState {
  readonly of: number;
  /** Those that were read whole, or are known to fail. */
  readonly settled: number;
  readonly failures: readonly { readonly cluster: string; readonly failure: Failure }[];
}

/** What is known of the tenants of all clusters. */
export interface Tenants {
  /** The clusters from now on. Those that are reached as before go on. */
  want(clusters: ReadonlyMap<string, EdgeClusterInput>): void;
  state(): TenantsState;
  /** See {@link TenantFacts.authority}. */
  authorityOf(cluster: string): string | undefined;
  stop(): Promise<void>;
}

/** So many are being opened at a time: a TLS handshake costs more than everything after it. */
const MAX_OPENING = 64;

/** One that says nothing for so long leaves its place to the next, and goes on. */
const OPENING_MS = 10_000;

interface Known {
  /** The cluster that says so. */
  cluster: EdgeClusterInput;
  readonly access: TenantAccess;
  /** Absent while it waits for its turn. */
  facts?: TenantFacts;
}

export function watchTenants(options: TenantsOptions): Tenants {
  const { clock, onTenant, onFault, onState } = options;
  const known = new Map<string, Known>();
  const settled = new Set<string>();
  const failing = new Map<string, Failure>();
  let failures: TenantsState['failures'] | undefined;
  const stopping = new Set<Promise<void>>();
  const pool = createPool(MAX_OPENING, onFault);
  let number = 0;

  /** Counted as they change: whoever asks for the state must not wait for a look at all. */
  const note = (id: string, entry: Known): void => {
    if (known.get(id) !== entry) return;
    if (entry.facts?.isSettled() === true) settled.add(id);
    const failure = entry.facts?.failure();
    if (failing.get(id) === failure) return;
    if (failure === undefined) failing.delete(id);
    else failing.set(id, failure);
    failures = undefined;
  };
  const open = async (id: string, entry: Known): Promise<void> => {
    if (known.get(id) !== entry) return;
    const facts = watchTenant({
      ...options,
      access: entry.access,
      onTenant: (tenant) => {
        if (known.get(id) === entry) onTenant(id, tenant);
      },
      onState: () => {
        note(id, entry);
        onState();
      },
    });
    entry.facts = facts;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(OPENING_MS, resolve);
      void facts.settled.then(() => {
        cancel();
        resolve();
      });
    });
  };
  const end = (id: string): void => {
    const stopped = known.get(id)?.facts?.stop();
    known.delete(id);
    settled.delete(id);
    if (failing.delete(id)) failures = undefined;
    if (stopped === undefined) return;
    stopping.add(stopped);
    void stopped.finally(() => stopping.delete(stopped));
  };
  const begin = (id: string, cluster: EdgeClusterInput, access: TenantAccess): void => {
    const entry: Known = { cluster, access };
    known.set(id, entry);
    number += 1;
    pool.add(`${number}`, () => open(id, entry));
  };

  return {
    want: (clusters) => {
      for (const id of [...known.keys()]) if (!clusters.has(id)) end(id);
      for (const [id, cluster] of clusters) {
        const before = known.get(id);
        if (before?.cluster === cluster) continue;
        const access = tenantAccess(cluster);
        if (before !== undefined && sameData(before.access, access)) before.cluster = cluster;
        else {
          if (before !== undefined) end(id);
          if (access !== undefined) begin(id, cluster, access);
        }
      }
    },
    state: () => {
      failures ??= [...failing].map(([cluster, failure]) => ({ cluster, failure }));
      return { of: known.size, settled: settled.size, failures };
    },
    authorityOf: (id) => known.get(id)?.facts?.authority(),
    stop: async () => {
      for (const id of [...known.keys()]) end(id);
      await pool.stop();
      await Promise.all(stopping);
    },
  };
}
