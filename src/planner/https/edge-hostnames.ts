import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import { type Binding, type ClaimContext, claimRefusal, targetUnresolvable } from '../ownership/index.ts';
import type { HostnameStatus } from '../status.ts';
import type { Withdrawal } from '../world/hold.ts';
import type { ClusterMemory, DnsMemory } from '../world/memory.ts';
import type { ObservedShards } from '../world/route-shards.ts';
import { claimContext } from './handover.ts';
import {
  type DedicatedHostname,
  type EdgeHostname,
  type HostnamePlan,
  type Live,
  liveHostnames,
} from './hostname-plan.ts';
import { recentlyHttps, rememberHttps } from './https-memory.ts';
import { rememberLeft } from './left-names.ts';
import { planPlatformManaged, planTarget } from './managed-hostnames.ts';
import { planLeftover, refused } from './refused-hostname.ts';
import { planSelfManaged } from './self-managed-hostname.ts';

export interface HostnamesPlan {
  readonly served: readonly EdgeHostname[];
  readonly statuses: readonly HostnameStatus[];
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
  readonly dns: Readonly<Record<string, DnsMemory>>;
  /** See {@link ClusterMemory.https}. */
  readonly https: Readonly<Record<string, string>>;
  /** See {@link ClusterMemory.left}. */
  readonly left: Readonly<Record<string, string>>;
  /** Names for the shared certificates. */
  readonly sharedNames: readonly string[];
  readonly dedicated: readonly DedicatedHostname[];
}

/** Decides for the CNAME target and every bound hostname: who owns it, what DNS says, whether HTTPS is open. */
export function planHostnames(context: ClusterContext, shards: ObservedShards): HostnamesPlan {
  const { claims, id } = context;
  const live = liveHostnames(shards);
  const served: EdgeHostname[] = [];
  const statuses: HostnameStatus[] = [];
  const findings: Finding[] = [];
  const withdrawals: Withdrawal[] = [];
  const dns: [string, DnsMemory][] = [];
  const sharedNames: string[] = [];
  const dedicated: DedicatedHostname[] = [];
  for (const plan of planEach(context, live)) {
    const { status } = plan;
    if (plan.served !== undefined) served.push(plan.served);
    if (plan.listed) statuses.push(status);
    findings.push(...plan.findings);
    if (plan.withdrawn) withdrawals.push({ kind: 'hostname', key: `${id}/${status.hostname}` });
    if (plan.dns !== undefined) dns.push([status.hostname, plan.dns]);
    if (plan.sharedName) sharedNames.push(status.hostname);
    if (plan.dedicated !== undefined) dedicated.push(plan.dedicated);
  }
  return {
    served: [...served, ...lingering(context, served, live)],
    https: rememberHttps(context, served),
    left: rememberLeft(context, served, live),
    statuses: [...statuses, ...claims.invalid.map(invalidStatus)],
    findings: [...findings, ...targetFindings(context)],
    withdrawals,
    dns: Object.fromEntries(dns),
    sharedNames,
    dedicated,
  };
}

/** The target first, then the bindings in order, then what is served and not asked for. */
function planEach(context: ClusterContext, live: Live): readonly HostnamePlan[] {
  const { claims } = context;
  const target = claims.workload?.target;
  const bindings = claims.bindings.filter(({ hostname }) => hostname !== target);
  const known = new Set([
    ...(target === undefined ? [] : [target]),
    ...bindings.map(({ hostname }) => hostname),
  ]);
  const leftovers = new Set<string>();
  for (const names of Object.values(live))
    for (const name of names) if (!known.has(name)) leftovers.add(name);
  const weighing = claimContext(context);
  return [
    ...(target === undefined ? [] : [planTarget(context, target, live)]),
    ...bindings.map((binding) => planBinding(context, binding, weighing, live)),
    ...[...leftovers].sort().map((hostname) => planLeftover(context, hostname, live)),
  ];
}

function targetFindings({ claims, shared, id }: ClusterContext): readonly Finding[] {
  const target = claims.workload?.target;
  if (target === undefined || claims.bindings.length === 0 || !targetUnresolvable(shared.answersOf(target)))
    return [];
  return [finding('TargetUnresolvable', id, `${target} does not resolve`, { hostname: target })];
}

/**
 * HTTPS routes of names that are not wanted there any more, but whose redirect may still stand: it was wanted a moment
 * ago and is not seen, which an older observation would explain as well.
 */
function lingering(
  { memory, clock }: ClusterContext,
  served: readonly EdgeHostname[],
  live: Live,
): readonly EdgeHostname[] {
  const wanted = new Set(served.filter(({ https }) => https !== undefined).map(({ hostname }) => hostname));
  return (['shared', 'dedicated'] as const).flatMap((https) =>
    [...live[https]]
      .filter(
        (hostname) =>
          !wanted.has(hostname) && !live.redirect.has(hostname) && recentlyHttps(memory, hostname, clock),
      )
      .sort()
      .map((hostname) => ({ hostname, http: false, https, redirect: false })),
  );
}

function invalidStatus(hostname: string): HostnameStatus {
  return {
    hostname,
    management: 'self',
    phase: 'invalid',
    reason: 'HostnameInvalid',
    http: 'withheld',
    https: 'off',
  };
}

function planBinding(
  context: ClusterContext,
  binding: Binding,
  weighing: ClaimContext,
  live: Live,
): HostnamePlan {
  const { id } = context;
  const { hostname, management } = binding;
  const claim = { clusterId: id, binding };
  const refusal = claimRefusal(claim, weighing);
  if (refusal !== undefined && refusal.code !== 'WildcardUnproven')
    return refused(context, hostname, management, refusal, live);
  return management === 'platform'
    ? planPlatformManaged(context, claim, live)
    : planSelfManaged(context, claim, live, refusal);
}
