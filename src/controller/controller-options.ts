import type { RuntimeConfig } from '../contract/runtime-config.ts';
import type { Clock, ConnectOptions, Credentials, Failure, Random } from '../kube/index.ts';
import type { Planned } from '../planner/index.ts';
import type { Action } from '../planner/world/index.ts';
import type { RouteAgentHandler, ThisHost } from '../route-agent/index.ts';
import type { LeaderOptions } from './election.ts';
import type { HostNetworks } from './facts/host-record.ts';
import type { InventorySource } from './inventory/inventory.ts';
import type { DnsClient } from './observations/dns-client.ts';
import type { Verdict } from './writes/verdict.ts';

export interface ControllerOptions {
  /** The API server of the host cluster, and who we are to it. */
  readonly host: Credentials;
  readonly inventory: InventorySource;
  readonly config: RuntimeConfig;
  readonly networks?: Partial<HostNetworks>;
  /** The DNS servers that are asked about each name; two public ones unless given. */
  readonly dns?: readonly DnsClient[];
  /** The host Node that this process runs on; without it nothing is probed. */
  readonly nodeName?: string;
  /** The Node whose routes this process keeps with mode local; without it that mode touches none and says so. */
  readonly thisHost?: ThisHost;
  /** Takes part in an election, and writes while it leads; without it nobody else may write. */
  readonly leader?: LeaderOptions;
  /** Plans, and writes nothing. */
  readonly dryRun?: boolean;
  readonly handler?: ControllerHandler;
  /** Time, chance and sockets; the machine's own unless given. */
  readonly clock?: Clock;
  readonly random?: Random;
  readonly makeTransport?: ConnectOptions['makeTransport'];
}

/** Hears what a controller does. It must not throw. */
export interface ControllerHandler {
  readonly onPlanned?: (planned: Planned, milliseconds: number) => void;
  /** A write has ended, whatever came of it. */
  readonly onWritten?: (action: Action, verdict: Verdict) => void;
  /** The state may be another one. */
  readonly onState?: () => void;
  /** This process leads from now on. */
  readonly onLeading?: () => void;
  /** Another process leads now: nothing is written any more, and this one should end. */
  readonly onLost?: (why: Failure) => void;
  /** What keeping the routes of the own Node does (mode local); `createMetrics` counts it. */
  readonly localRoutes?: Pick<RouteAgentHandler, 'onRound' | 'onResult' | 'onTrouble'>;
  /** Something could not be written that nothing waits for: the status of a RoutePlan, the planner's sign of life. */
  readonly onTrouble?: (failure: Failure) => void;
  /** A mistake in this program; it goes on. */
  readonly onFault?: (error: unknown) => void;
}
