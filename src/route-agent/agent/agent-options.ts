import type { Clock, Failure, Kube, Random, Result } from '../../kube/index.ts';
import type { TryConnect } from '../../process/try-connect.ts';
import type { IpRange } from '../../text/ip.ts';
import type { OpResult } from '../kernel/execute.ts';
import type { RunIp } from '../kernel/run-ip.ts';
import type { Host } from '../types.ts';
import type { AgentConfig } from './config.ts';
import type { PlanSource } from './plan-source.ts';
import type { Round } from './round.ts';

/** What an agent says to an API server. */
export type AgentKube = Pick<Kube, 'get' | 'watch' | 'apply' | 'create' | 'replace'>;

export interface RouteAgentOptions {
  readonly config: Pick<AgentConfig, 'nodeName' | 'namespace' | 'staleAfterMs' | 'intervalMs' | 'policy'>;
  readonly run: RunIp;
  /** Where the plans are: the API server, where reports go too, or this process itself (mode local). */
  readonly from: { readonly kube: AgentKube } | { readonly plans: PlanSource };
  /** Reads the host Node; asked again now and then. */
  readonly readHost: () => Promise<Result<Host>>;
  /** Whether traffic still goes into a range: a route there that no plan names any more stays meanwhile. */
  readonly isUsed?: (range: IpRange) => boolean;
  /** Changes nothing, and reports nothing. */
  readonly dryRun?: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly attempt?: TryConnect;
  readonly handler?: RouteAgentHandler;
}

/** Hears what an agent does. It must not throw. */
export interface RouteAgentHandler {
  /** A round has ended well. */
  readonly onRound?: (round: Round, milliseconds: number) => void;
  readonly onResult?: (result: OpResult, isReinstalled: boolean) => void;
  readonly onStatusWritten?: (result: 'done' | 'failed') => void;
  readonly onBeat?: (result: 'done' | 'failed') => void;
  /** Something could not be read or written; another try follows. */
  readonly onTrouble?: (event: 'kernel' | 'node' | 'plans' | 'status' | 'lease', failure: Failure) => void;
  /** The state may be another one. */
  readonly onState?: () => void;
  /** A mistake in this program; it goes on. */
  readonly onFault?: (error: unknown) => void;
}
