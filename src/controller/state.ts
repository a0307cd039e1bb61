import type { Failure } from '../kube/index.ts';
import type { Finding, Planned } from '../planner/index.ts';
import type { AgentState } from '../route-agent/index.ts';
import type { HostState } from './facts/host.ts';
import type { TenantsState } from './tenants/tenants.ts';
import type { Refusal } from './writes/objects.ts';

/** Where a controller stands. */
export interface ControllerState {
  readonly host: HostState;
  readonly inventory: { readonly read: boolean; readonly complete: boolean; readonly failure?: Failure };
  readonly tenants: TenantsState;
  /** Where keeping the routes of the own Node stands (mode local); absent before it has begun. */
  readonly localAgent?: AgentState;
  /** Names that DNS has not been asked about yet. */
  readonly unansweredNames: number;
  /** The last plan; its findings are those of the controller as well. */
  readonly plan?: Planned;
  /** Writes of it that are not done. */
  readonly left: number;
  /** When it was made, as the clock of the controller counts. */
  readonly plannedAt?: number;
  /** When the first of the changes came that wait for a plan although one could be made. */
  readonly waitingSince?: number;
  readonly findings: readonly Finding[];
  readonly refusals: readonly Refusal[];
  /** Why the Lease could not be taken last. */
  readonly leaseTrouble?: Failure;
  /** Whether this process may write. */
  readonly isLeading: boolean;
  /** Every source has been read, or is known to fail: plans are made. */
  readonly isReady: boolean;
  /** Every source has been read whole. */
  readonly isRead: boolean;
  /** Nothing is being planned or written; what is refused or waits for others may still be to do. */
  readonly isIdle: boolean;
  /** Everything is read, the last plan has seen it, and nothing is left to write. */
  readonly isConverged: boolean;
}
