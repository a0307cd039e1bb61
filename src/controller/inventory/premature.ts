import type { StoredObject } from '../../kube/index.ts';
import { TENANT_NOT_READ } from '../../planner/findings.ts';
import { get, listOf } from '../../text/json.ts';
import type { ClusterReport } from './inventory.ts';

/** Reasons of a name that DNS has not been asked about yet. */
const NOT_ASKED: ReadonlySet<string> = new Set(['NotChecked', 'PlatformManaged']);

/**
 * Whether a process that has just begun knows less than the status that another one has written: that stays, and is not
 * written twice, until the tenant was read or is known to fail and DNS was asked.
 */
export function isPremature({ status }: StoredObject, { findings, status: found }: ClusterReport): boolean {
  if (listOf(get(status, 'conditions')).length === 0) return false;
  return (
    findings.some(({ code, message }) => code === 'TenantUnreadable' && message === TENANT_NOT_READ) ||
    found.hostnames.some(({ reason }) => NOT_ASKED.has(reason))
  );
}
