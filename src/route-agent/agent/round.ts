import type { Result } from '../../kube/index.ts';
import { formatCidr, type IpRange, parseCidr } from '../../text/ip.ts';
import { executeOps, type OpResult } from '../kernel/execute.ts';
import type { KernelObserver } from '../kernel/observe.ts';
import type { RunIp } from '../kernel/run-ip.ts';
import { guardDeletes, type HeldDeletes, isDelete } from '../plan/delete-guard.ts';
import { MAIN_TABLE } from '../plan/lookup.ts';
import { planKernelRoutes } from '../plan/plan-kernel-routes.ts';
import type { Host, Issue, Kernel, KernelPlan, PlanReport, Policy, RouteOp, RoutePlan } from '../types.ts';

/** What a round works on. */
export interface RoundInput {
  readonly plans: readonly RoutePlan[];
  readonly host: Host;
  readonly held: HeldDeletes | undefined;
  /** By a clock that never goes back. */
  readonly now: number;
}

export interface RoundTools {
  readonly observer: KernelObserver;
  readonly run: RunIp;
  readonly policy: Policy;
  readonly intervalMs: number;
  /** Changes nothing. */
  readonly dryRun: boolean;
  /** Whether traffic still goes into a range that no plan names any more. */
  readonly isUsed: ((range: IpRange) => boolean) | undefined;
  /** Nothing is begun any more. */
  readonly isStopped: () => boolean;
}

/** What came of a round. */
export interface Round {
  readonly reports: readonly PlanReport[];
  /** What was tried. */
  readonly results: readonly OpResult[];
  /** What is still to be done: with `dryRun` everything, otherwise what is held or could not be done. */
  readonly left: readonly RouteOp[];
  readonly held?: HeldDeletes;
}

export type PlanOnce = (input: RoundInput, kernel: Kernel) => KernelPlan;

/** Changes can uncover others, such as an entry that had to go before the right one could come. */
const PASSES = 3;

/** Plans from equal inputs once only. */
export function planOnce(policy: Policy): PlanOnce {
  let last:
    | { readonly plans: unknown; readonly host: unknown; readonly kernel: unknown; readonly plan: KernelPlan }
    | undefined;
  return ({ plans, host }, kernel) => {
    if (last?.plans !== plans || last.host !== host || last.kernel !== kernel)
      last = { plans, host, kernel, plan: planKernelRoutes(plans, kernel, host, policy) };
    return last.plan;
  };
}

/** Reads the kernel, does what is to be done, and reads again what stands then. */
export async function runRound(input: RoundInput, tools: RoundTools, plan: PlanOnce): Promise<Result<Round>> {
  const results: OpResult[] = [];
  const given = new Set<string>();
  let read = await tools.observer.read();
  for (let pass = 1; read.ok; pass += 1) {
    const planned = plan(input, read.value);
    const free = { ...planned, ops: withoutUsed(planned.ops, input.plans, tools.isUsed) };
    const { ops, held } = guardDeletes(free, input.held, input.now, tools.intervalMs);
    const next = ops.filter((op) => !given.has(nameOf(op)));
    const isUnclear = results.some(({ kind }) => kind === 'unclear');
    if (next.length === 0 || tools.dryRun || pass > PASSES || isUnclear || tools.isStopped()) {
      const reports = withFailures(planned.reports, results);
      return { ok: true, value: { reports, results, left: planned.ops, ...(held && { held }) } };
    }
    const done = await executeOps(next, { run: tools.run, mayReplace: () => replaceable(tools) });
    results.push(...done);
    // What failed is tried again in the next round, not in this one.
    for (const { op, kind } of done) if (kind === 'failed') given.add(nameOf(op));
    read = await tools.observer.read();
  }
  return read;
}

/** A replace may go on as long as the one entry of its range and metric is ours. */
async function replaceable({ observer, policy }: RoundTools): Promise<Result<(op: RouteOp) => boolean>> {
  const read = await observer.read();
  if (!read.ok) return read;
  const entries = new Map<string, number[]>();
  for (const { range, metric, table, protocol } of read.value.routes) {
    if (table !== MAIN_TABLE || metric !== policy.metric) continue;
    const key = formatCidr(range);
    entries.set(key, [...(entries.get(key) ?? []), protocol]);
  }
  return {
    ok: true,
    value: ({ route }) => {
      const protocols = entries.get(formatCidr(route.range)) ?? [];
      return protocols.length === 1 && protocols[0] === policy.protocol;
    },
  };
}

/** Without deletes of what carries traffic and no plan names: a route that a plan names wrongly goes whatever it carries. */
function withoutUsed(
  ops: readonly RouteOp[],
  plans: readonly RoutePlan[],
  isUsed: RoundTools['isUsed'],
): readonly RouteOp[] {
  if (isUsed === undefined || !ops.some(isDelete)) return ops;
  const named = new Set(
    plans.flatMap(({ routes }) =>
      routes.flatMap(({ destination }) => {
        const range = parseCidr(destination);
        return range === undefined ? [] : [formatCidr(range)];
      }),
    ),
  );
  return ops.filter((op) => {
    const { range } = op.route;
    return !isDelete(op) || named.has(formatCidr(range)) || !isUsed(range);
  });
}

function nameOf(op: RouteOp): string {
  return `${op.do} ${formatCidr(op.route.range)} ${op.route.metric}`;
}

/** The reports with what `ip` said of routes that it did not install. */
function withFailures(reports: readonly PlanReport[], results: readonly OpResult[]): readonly PlanReport[] {
  const messages = new Map<string, string>();
  for (const result of results) {
    if ('message' in result) messages.set(formatCidr(result.op.route.range), result.message);
  }
  if (messages.size === 0) return reports;
  return reports.map((report) => {
    const standing = new Set(report.effective.map(formatCidr));
    const failed = report.plan.routes.flatMap(({ destination }): readonly Issue[] => {
      const range = parseCidr(destination);
      const name = range === undefined ? '' : formatCidr(range);
      const message = messages.get(name);
      if (message === undefined || standing.has(name)) return [];
      return [{ destination, reason: 'CommandFailed', message }];
    });
    return failed.length === 0 ? report : { ...report, issues: [...failed, ...report.issues] };
  });
}
