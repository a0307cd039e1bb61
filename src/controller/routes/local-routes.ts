import type { Cancel, Clock, Failure, Kube, Random } from '../../kube/index.ts';
import { type Finding, finding } from '../../planner/findings.ts';
import type { Change } from '../../planner/world/index.ts';
import { sameData } from '../../planner/world/json.ts';
import type { EdgeClusterInput, RouteAgent as Said } from '../../planner/world/world.ts';
import {
  type AgentState,
  type Monitor,
  ownPlans,
  type PlanReport,
  type RouteAgent,
  type RouteAgentHandler,
  startRouteAgent,
  type ThisHost,
} from '../../route-agent/index.ts';
import { joined } from '../joined.ts';
import type { PlannedChanges } from '../loop/planned-changes.ts';
import { localAgent } from './local-agent.ts';
import { localPlans } from './local-plans.ts';
import { usedRanges } from './used-ranges.ts';

export interface LocalRoutesOptions {
  /** The Node of this process; undefined: nobody has told which. */
  readonly host: ThisHost | undefined;
  readonly kube: Pick<Kube, 'get' | 'server'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly staleAfterSeconds: number;
  /** What the inventory says of a cluster. */
  readonly inputOf: (cluster: string) => EdgeClusterInput | undefined;
  readonly tell: (change: Change) => void;
  /** Hears what the agent does, besides this. */
  readonly heard: Pick<RouteAgentHandler, 'onRound' | 'onResult' | 'onTrouble'>;
  readonly onState: () => void;
  readonly onTrouble: (failure: Failure) => void;
  readonly onFault: (error: unknown) => void;
}

/** Keeps the routes of plans on the Node of this process, by the same code as an agent (mode local). */
export interface LocalRoutes {
  /** What the host cluster holds is another thing. */
  take(change: Change): void;
  inventoryChanged(): void;
  follow(changes: Pick<PlannedChanges, 'reports' | 'gone'>): void;
  /** This process keeps the routes from now on. */
  lead(): void;
  findings(): readonly Finding[];
  /** Where the agent stands; undefined before it has begun. */
  agent(): AgentState | undefined;
  /** A round has looked at every route that is planned, or none can. */
  isSettled(): boolean;
  /** Routes stay. */
  stop(): Promise<void>;
}

/** What a round finds, and what is planned meanwhile, is told together. */
const GATHER_MS = 100;
const CHECK_AGAIN_MS = 30_000;

const UNTOLD: Failure = {
  kind: 'malformed',
  at: 'NODE_NAME, NODE_IP and the variables of the route agent',
  message: 'expected them to say which Node this process runs on, found that they do not',
  hint: 'run it as the chart runs the API with mode=local',
};

export function keepLocalRoutes(options: LocalRoutesOptions): LocalRoutes {
  const { host, clock, random, staleAfterSeconds, tell, heard, onState, onTrouble, onFault } = options;
  const plans = localPlans(staleAfterSeconds, options.inputOf);
  const used = usedRanges();
  const source = ownPlans();
  const own = localAgent();
  const findings = joined<Finding>();
  let refusal: Failure | undefined;
  let refused: readonly Finding[] = [];
  let issues: readonly Finding[] = [];
  let reports: readonly PlanReport[] = [];
  let isPlanned = false;
  let isStopped = false;
  let told: { readonly said: Said; readonly at: number } | undefined;
  let agent: RouteAgent | undefined;
  let monitor: Monitor | undefined;
  let cancelCheck: Cancel = () => undefined;
  let cancelTell: Cancel | undefined;
  let starting: Promise<void> = Promise.resolve();

  const now = (): string => new Date(clock.wallTime()).toISOString();
  const tellPlanner = (): void => {
    const said = own.said();
    if (said === undefined || host === undefined) return;
    const isKnown = told !== undefined && sameData(contentOf(told.said), contentOf(said));
    // A sign of life alone is told as often as an agent gives it.
    if (isKnown && told !== undefined && clock.now() - told.at < (staleAfterSeconds * 1_000) / 3) return;
    told = { said, at: clock.now() };
    tell({ of: 'routes', routes: { agents: { [host.config.nodeName]: said } } });
  };
  const gather = (): void => {
    cancelTell ??= clock.after(GATHER_MS, () => {
      cancelTell = undefined;
      tellPlanner();
    });
  };
  const setPlans = (): void => {
    if (!isPlanned) return;
    source.set(plans.all());
    own.plan(plans.all(), now());
    agent?.hint();
    gather();
  };
  const onRound = (next: readonly PlanReport[]): void => {
    own.round(next, now());
    if (next !== reports) {
      reports = next;
      const found = next.flatMap(issuesOf);
      if (!sameData(issues, found)) issues = found;
    }
    gather();
    onState();
  };
  const refuse = (failure: Failure): void => {
    const isNew = refusal?.at !== failure.at || refusal.message !== failure.message;
    refusal = failure;
    if (!isNew) return;
    refused = [finding('LocalRoutesNotKept', null, `${failure.at}: ${failure.message}; ${failure.hint}`)];
    onTrouble(failure);
    onState();
  };
  const start = async (): Promise<void> => {
    if (host === undefined) return refuse(UNTOLD);
    const checked = await host.check();
    if (isStopped) return;
    if (!checked.ok) {
      refuse(checked.failure);
      cancelCheck = clock.after(CHECK_AGAIN_MS, begin);
      return;
    }
    const readHost = await host.reader(options.kube);
    if (isStopped) return;
    refusal = undefined;
    refused = [];
    agent = startRouteAgent({
      config: host.config,
      run: host.run,
      from: { plans: source },
      readHost,
      isUsed: used.isUsed,
      clock,
      random,
      handler: {
        onRound: (round, milliseconds) => {
          heard.onRound?.(round, milliseconds);
          onRound(round.reports);
        },
        onResult: (result, isReinstalled) => heard.onResult?.(result, isReinstalled),
        onTrouble: (event, failure) => {
          heard.onTrouble?.(event, failure);
          onTrouble(failure);
        },
        onFault,
      },
    });
    monitor = host.monitor(() => agent?.hint());
    onState();
  };
  const begin = (): void => {
    starting = start().catch(onFault);
  };

  return {
    take: used.take,
    inventoryChanged: () => {
      if (plans.inventoryChanged()) setPlans();
    },
    follow: (changes) => {
      const isFirst = !isPlanned;
      isPlanned = true;
      if (plans.follow(changes) || isFirst) setPlans();
    },
    lead: begin,
    findings: () => findings(refused, issues),
    agent: () => agent?.state(),
    isSettled: () => refusal !== undefined || own.isSettled(),
    stop: async () => {
      isStopped = true;
      cancelCheck();
      cancelTell?.();
      await starting;
      monitor?.stop();
      await agent?.stop();
    },
  };
}

function contentOf({ effective, pending }: Said): unknown {
  return { effective, pending };
}

function issuesOf({ plan, issues }: PlanReport): readonly Finding[] {
  const [first] = issues;
  if (first === undefined) return [];
  const more = issues.length === 1 ? '' : `; and ${issues.length - 1} more`;
  const message = `${first.destination.slice(0, 50)}: ${first.reason}, ${first.message}${more}`;
  return [finding('LocalRouteNotInstalled', plan.key, message)];
}
