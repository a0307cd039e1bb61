import { type Change, keyOf, type StoredObject } from '../../kube/index.ts';
import type { Tenant, TenantNode, TenantPod, TenantService } from '../../planner/world/world.ts';
import type { TenantAccess } from './access.ts';
import { tenantNode, tenantPod, tenantService } from './tenant-objects.ts';

/** What of a tenant is watched. */
export type TenantPart = 'nodes' | 'services' | 'pods';

/** What a tenant holds. */
export interface TenantContent {
  take(part: TenantPart, changes: readonly Change[]): void;
  tenant(readable: boolean): Tenant;
}

/** More of them serve nobody better, and the planner looks at each. */
const MOST_PODS = 1_000;
const MOST_NODES = 5_000;

export function createTenantContent({ ingress }: TenantAccess): TenantContent {
  const nodes = new Map<string, TenantNode>();
  const services = new Map<string, TenantService>();
  const pods = new Map<string, TenantPod>();
  return {
    take: (part, changes) => {
      if (part === 'nodes') takeInto(nodes, changes, tenantNode);
      else if (part === 'services') takeInto(services, changes, tenantService);
      else takeInto(pods, changes, (pod) => tenantPod(pod, ingress.podSelector));
    },
    tenant: (readable) => ({
      readable,
      nodes: first(nodes, MOST_NODES),
      services: first(services, 1),
      pods: first(pods, MOST_PODS),
    }),
  };
}

function takeInto<T>(
  known: Map<string, T>,
  changes: readonly Change[],
  read: (object: StoredObject) => T,
): void {
  for (const change of changes) {
    if (change.kind === 'removed') known.delete(change.key);
    else known.set(keyOf(change.object.metadata), read(change.object));
  }
}

function first<T>(known: ReadonlyMap<string, T>, most: number): readonly T[] {
  return [...known.values()].slice(0, most);
}
