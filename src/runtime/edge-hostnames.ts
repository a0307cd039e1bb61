import { hostnameObjectName } from '../contract/runtime-names.ts';
import type { Binding } from './claims.ts';
import { type Clock, formatTime, MINUTE, parseTime } from './clock.ts';
import type { ClusterContext, Shared } from './context.ts';
import { targetUnresolvable } from './dns.ts';
import { nextDnsCheck, nextDnsState } from './dns-state.ts';
import { type Finding, finding } from './findings.ts';
import { gateOf } from './gates.ts';
import { isBelow, parentDomain } from './hostnames.ts';
import { entryOf } from './json.ts';
import type { PlacedListener } from './listeners-observed.ts';
import type { ClusterMemory, DnsMemory } from './memory.ts';
import { attachesTo, clusterIdOf } from './objects.ts';
import { type Claim, type ClaimContext, decideClaim } from './ownership.ts';
import { type ObservedShards, shardHostnames } from './route-shards.ts';
import { type Coverage, servedCertificates } from './secrets.ts';
import type { HostnameStatus } from './status.ts';
import { isHeld, type Withdrawal } from './withdrawals.ts';

/** How one hostname of a cluster is served. */
export interface EdgeHostname {
  readonly hostname: string;
  readonly http: boolean;
  readonly https: 'shared' | 'dedicated' | undefined;
  readonly redirect: boolean;
  /** Of a dedicated hostname: where its listener is. */
  readonly listener?: PlacedListener;
}

/** A self-managed hostname that shall have a certificate and a listener of its own. */
export interface DedicatedHostname {
  readonly hostname: string;
  readonly clusterId: string;
  /** Name of listener, Certificate and Secret. */
  readonly name: string;
  readonly createdAt: number;
  readonly binding: Binding | undefined;
  /** A certificate may be ordered; false: what exists is kept. */
  readonly mayOrder: boolean;
}

export interface HostnamesPlan {
  readonly served: readonly EdgeHostname[];
  readonly statuses: readonly HostnameStatus[];
  readonly findings: readonly Finding[];
  readonly withdrawals: readonly Withdrawal[];
  readonly dns: Readonly<Record<string, DnsMemory>>;
  /** See {@link ClusterMemory.https}. */
  readonly https: Readonly<Record<string, string>>;
  /** Names for the shared certificates. */
  readonly sharedNames: readonly string[];
  readonly dedicated: readonly DedicatedHostname[];
}

interface Live {
  readonly http: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
  readonly dedicated: ReadonlySet<string>;
  readonly redirect: ReadonlySet<string>;
}

/** Decides for the CNAME target and every bound hostname: who owns it, what DNS says, whether HTTPS is open. */
export function planHostnames(context: ClusterContext, shards: ObservedShards): HostnamesPlan {
  const { claims, shared, id } = context;
  const live: Live = {
    http: shardHostnames(shards.http),
    shared: shardHostnames(shards.https),
    dedicated: shardHostnames(shards['https-dedicated']),
    redirect: shardHostnames(shards.redirect),
  };
  const plans: HostnamePlan[] = [];
  const target = claims.workload?.target;
  if (target !== undefined) plans.push(planTarget(context, target, live));
  for (const binding of claims.bindings) {
    if (binding.hostname !== target) plans.push(planBinding(context, binding, live));
  }
  const known = new Set(plans.map(({ status }) => status.hostname));
  const leftovers = [...new Set([...live.http, ...live.shared, ...live.dedicated, ...live.redirect])]
    .filter((hostname) => !known.has(hostname))
    .sort();
  plans.push(...leftovers.map((hostname) => planLeftover(context, hostname, live)));
  const served = plans.flatMap((plan) => plan.served ?? []);
  const findings = plans.flatMap((plan) => plan.findings);
  if (target !== undefined && claims.bindings.length > 0 && targetUnresolvable(shared.answersOf(target))) {
    findings.push(finding('TargetUnresolvable', id, `${target} does not resolve`, { hostname: target }));
  }
  return {
    served: [...served, ...lingering(context, served, live)],
    https: rememberHttps(context, served),
    statuses: [
      ...plans.filter(({ listed }) => listed).map(({ status }) => status),
      ...claims.invalid.map((hostname): HostnameStatus => invalidStatus(hostname)),
    ],
    findings,
    withdrawals: plans.flatMap(({ withdrawn, status }): Withdrawal[] =>
      withdrawn ? [{ kind: 'hostname', key: `${id}/${status.hostname}` }] : [],
    ),
    dns: Object.fromEntries(
      plans.flatMap(({ dns, status }) => (dns === undefined ? [] : [[status.hostname, dns]])),
    ),
    sharedNames: plans.flatMap(({ sharedName, status }) => (sharedName ? [status.hostname] : [])),
    dedicated: plans.flatMap(({ dedicated }) => dedicated ?? []),
  };
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

const SETTLED_AFTER = MINUTE;

/** Whether a plan of the last minute wanted HTTPS for a name. */
export function recentlyHttps({ https }: ClusterMemory, hostname: string, clock: Clock): boolean {
  const ended = entryOf(https, hostname);
  if (ended === undefined) return false;
  return ended === '' || !clock.reached((parseTime(ended) ?? 0) + SETTLED_AFTER);
}

/** What is left in memory of a cluster whose HTTPS has ended altogether. */
export function endHttps(memory: ClusterMemory, clock: Clock): Readonly<Record<string, string>> {
  return rememberHttps({ memory, clock }, []);
}

function rememberHttps(
  { memory, clock }: Pick<ClusterContext, 'memory' | 'clock'>,
  served: readonly EdgeHostname[],
): Readonly<Record<string, string>> {
  const now = formatTime(clock.now);
  const wanted = served
    .filter(({ https, redirect }) => https !== undefined || redirect)
    .map(({ hostname }) => hostname);
  const known = new Set(wanted);
  const ended = Object.keys(memory.https ?? {})
    .filter((hostname) => !known.has(hostname) && recentlyHttps(memory, hostname, clock))
    .map((hostname): [string, string] => [hostname, entryOf(memory.https, hostname) || now]);
  return Object.fromEntries([...wanted.map((hostname): [string, string] => [hostname, '']), ...ended]);
}

interface HostnamePlan {
  readonly status: HostnameStatus;
  /** Leftovers of earlier bindings are planned but not listed. */
  readonly listed: boolean;
  readonly served?: EdgeHostname;
  readonly findings: readonly Finding[];
  /** It was served and will not be. */
  readonly withdrawn: boolean;
  readonly dns?: DnsMemory;
  readonly sharedName: boolean;
  readonly dedicated?: DedicatedHostname;
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

function planTarget(context: ClusterContext, target: string, live: Live): HostnamePlan {
  const { shared, id } = context;
  const { registry, baseDomain, reservedHostnames } = shared;
  const [owner] = registry.targetsOn(target);
  const findings: Finding[] = [];
  const refuse = (code: 'AlreadyClaimed' | 'HostnameReserved', message: string): HostnamePlan =>
    refused(context, target, 'target', code, [finding(code, id, message, { hostname: target })], live);
  if (owner !== undefined && owner.cluster.id !== id)
    return refuse('AlreadyClaimed', `the older cluster ${owner.cluster.id} has this target`);
  if (reservedHostnames.has(target) || target === baseDomain)
    return refuse('HostnameReserved', "it is the platform's own");
  if (registry.controlPlanesOn(target).length > 0)
    return refuse('HostnameReserved', 'it is a control-plane hostname');
  const belowBase = baseDomain !== undefined && isBelow(target, baseDomain);
  if (usesSharedListener(context) && baseDomain !== undefined && !belowBase) {
    findings.push(
      finding('TargetOutsideBaseDomain', id, `${target} is not below ${baseDomain}`, { hostname: target }),
    );
  }
  const unresolvable = targetUnresolvable(shared.answersOf(target));
  return serve(context, {
    hostname: target,
    management: 'target',
    phase: unresolvable ? 'pending' : 'ready',
    reason: unresolvable ? 'TargetUnresolvable' : 'Target',
    https: belowBase ? 'shared' : undefined,
    live,
    findings,
  });
}

function planBinding(context: ClusterContext, binding: Binding, live: Live): HostnamePlan {
  const { id, shared } = context;
  const { hostname, management } = binding;
  const claim: Claim = { clusterId: id, binding };
  const decision = decideClaim(claim, claimContext(context));
  if (!decision.granted) {
    return refused(
      context,
      hostname,
      management,
      decision.code,
      [finding(decision.code, id, decision.message, { hostname })],
      live,
    );
  }
  if (management === 'platform') {
    const verdict = shared.verdictOf(claim);
    const phase = verdict.outcome === 'positive' || verdict.reason === 'NotChecked' ? 'ready' : 'pending';
    const wildcard = hostname.startsWith('*.');
    const provable = !wildcard || shared.workload?.tls?.wildcardCertificate === true;
    const findings =
      usesSharedListener(context) && !provable
        ? [finding('WildcardNeedsDns01', id, `${hostname} has no certificate`, { hostname })]
        : [];
    return serve(context, {
      hostname,
      management,
      phase,
      reason: verdict.reason === 'NotChecked' ? 'PlatformManaged' : verdict.reason,
      https: provable ? 'shared' : undefined,
      live,
      findings,
    });
  }
  return planSelfManaged(context, binding, claim, live);
}

function planSelfManaged(context: ClusterContext, binding: Binding, claim: Claim, live: Live): HostnamePlan {
  const { id, shared, clock, memory } = context;
  const { hostname } = binding;
  const verdict = shared.verdictOf(claim);
  const name = hostnameObjectName(hostname);
  const certificate = shared.store.certificate(name);
  const certified = certificate !== undefined && clusterIdOf(certificate) === id;
  const wasReady = certified || live.dedicated.has(hostname);
  const dns = nextDnsState(entryOf(memory.dns, hostname), verdict, wasReady, clock);
  const findings = [...dnsFindings(id, hostname, dns, verdict)];
  if (dns.phase === 'released') {
    return { ...refused(context, hostname, 'self', 'Released', findings, live), dns };
  }
  const wanted = shared.workload?.tls?.selfManaged === true && dns.phase !== 'lost';
  const overlap = wanted ? overlapOf(context, binding) : undefined;
  if (overlap !== undefined) findings.push(finding('OverlappingCertificates', id, overlap, { hostname }));
  const eligible = wanted && overlap === undefined && (dns.phase !== 'pending' || wasReady);
  const forbidden = eligible && caaProblem(context, hostname);
  if (forbidden) findings.push(finding('CaaForbids', id, `CAA of ${hostname} allows nobody`, { hostname }));
  const nextCheckAt = nextDnsCheck(hostname, dns);
  const plan = serve(context, {
    hostname,
    management: 'self',
    phase: dns.phase,
    reason: verdict.reason,
    https: eligible ? 'dedicated' : undefined,
    live,
    findings,
    ...(nextCheckAt === undefined ? {} : { nextCheckAt }),
  });
  const mayOrder =
    dns.phase === 'ready' && verdict.outcome !== 'negative' && !forbidden && binding.input.paused !== true;
  return {
    ...plan,
    dns,
    ...(eligible
      ? { dedicated: { hostname, clusterId: id, name, createdAt: binding.createdAt, binding, mayOrder } }
      : {}),
  };
}

function caaProblem({ shared }: ClusterContext, hostname: string): boolean {
  return shared.caaForbids(hostname);
}

function dnsFindings(
  id: string,
  hostname: string,
  dns: DnsMemory,
  verdict: { reason: string; detail: string; outcome: string },
): readonly Finding[] {
  const about = { hostname };
  const detail = `${verdict.reason}: ${verdict.detail}`;
  if (dns.phase === 'degraded') return [finding('DnsDegraded', id, detail, about)];
  if (dns.phase === 'lost' || dns.phase === 'released') return [finding('DnsLost', id, detail, about)];
  const waiting =
    dns.phase === 'pending' && verdict.reason !== 'NotChecked' && verdict.reason !== 'TargetUnresolvable';
  return waiting ? [finding('DnsNotReady', id, detail, about)] : [];
}

/** Another certificate that would cover the name as well; the older of two bindings keeps its own. */
function overlapOf({ shared, id }: ClusterContext, binding: Binding): string | undefined {
  const { hostname } = binding;
  const { names } = shared.sharedCertificates;
  const wildcard = `*.${parentDomain(hostname)}`;
  if (names.has(hostname)) return `the shared certificate holds ${hostname}`;
  if (!hostname.startsWith('*.') && names.has(wildcard)) return `the shared certificate holds ${wildcard}`;
  const older = (other: Claim): boolean =>
    other.binding.management === 'self' &&
    (other.binding.createdAt < binding.createdAt ||
      (other.binding.createdAt === binding.createdAt && other.binding.hostname < hostname));
  if (!hostname.startsWith('*.')) {
    const above = shared.registry.claimsOn(wildcard).find(older);
    return above === undefined ? undefined : `${wildcard} of cluster ${above.clusterId} is older`;
  }
  const below = shared.registry
    .selfManagedBelow(hostname.slice(2))
    .find(
      (claim) =>
        claim.binding.hostname !== hostname && !claim.binding.hostname.startsWith('*.') && older(claim),
    );
  return below === undefined
    ? undefined
    : `${below.binding.hostname} of cluster ${below.clusterId === id ? 'this' : below.clusterId} is older`;
}

/** A name that our routes serve and the cluster does not ask for (any more). */
function planLeftover(context: ClusterContext, hostname: string, live: Live): HostnamePlan {
  return { ...refused(context, hostname, 'self', 'Unbound', [], live), listed: false };
}

/** A name that may not be served: it goes, unless withdrawals are held back or its new owner does not serve it yet. */
function refused(
  context: ClusterContext,
  hostname: string,
  management: HostnameStatus['management'],
  reason: string,
  findings: readonly Finding[],
  live: Live,
): HostnamePlan {
  const isLive =
    live.http.has(hostname) ||
    live.redirect.has(hostname) ||
    live.shared.has(hostname) ||
    live.dedicated.has(hostname);
  const kept = isLive && (isHeld(context.hold, 'hostname') || awaitsReceiver(context, hostname));
  const status: HostnameStatus = {
    hostname,
    management,
    phase: reason === 'Released' ? 'released' : 'conflict',
    reason,
    http: kept ? 'served' : 'withheld',
    https: 'off',
  };
  const withdrawn = isLive && !awaitsReceiver(context, hostname);
  if (!kept) return { status, listed: true, findings, withdrawn, sharedName: false };
  return { ...carried(context, hostname, status, live), findings, withdrawn };
}

/** Everything about a name stays as it is observed. */
function carried(
  context: ClusterContext,
  hostname: string,
  status: HostnameStatus,
  live: Live,
): HostnamePlan {
  const name = hostnameObjectName(hostname);
  const listener = live.dedicated.has(hostname) ? context.shared.listeners.own.get(name) : undefined;
  const https = live.dedicated.has(hostname) ? 'dedicated' : live.shared.has(hostname) ? 'shared' : undefined;
  const served: EdgeHostname = {
    hostname,
    http: live.http.has(hostname),
    https,
    redirect: live.redirect.has(hostname),
    ...(listener === undefined ? {} : { listener }),
  };
  const dedicated: DedicatedHostname = {
    hostname,
    clusterId: context.id,
    name,
    createdAt: 0,
    binding: undefined,
    mayOrder: false,
  };
  return {
    status,
    listed: true,
    served,
    findings: [],
    withdrawn: false,
    sharedName:
      https === 'shared' ||
      (context.hold.everything && usesSharedListener(context) && isShared(context, hostname)),
    ...(https === 'dedicated' ? { dedicated } : {}),
  };
}

function isShared({ shared }: ClusterContext, hostname: string): boolean {
  return shared.baseDomain !== undefined && isBelow(hostname, shared.baseDomain);
}

/** Another cluster owns the name now and its route is not there yet: whoever serves it goes on until then. */
function awaitsReceiver(context: ClusterContext, hostname: string): boolean {
  return receiverAwaited(context.shared, hostname, context.id, claimContext(context));
}

/** Whether another cluster than `leaving` may serve a name and no HTTP route of it is seen yet. */
export function receiverAwaited(
  shared: Shared,
  hostname: string,
  leaving: string,
  weighing: ClaimContext = shared.claimContext,
): boolean {
  const { workload } = shared;
  if (workload === undefined) return false;
  return shared.registry.claimsOn(hostname).some((claim) => {
    if (claim.clusterId === leaving) return false;
    const serves = shared.observed
      .httpRoutes(hostname)
      .some(
        (route) =>
          clusterIdOf(route) === claim.clusterId &&
          attachesTo(route, workload.gateway, workload.httpListenerName),
      );
    return !serves && decideClaim(claim, weighing).granted;
  });
}

/** How a claim is weighed; while withdrawals are held back, whoever serves a name without claiming it keeps it. */
function claimContext({ shared, hold }: ClusterContext): ClaimContext {
  if (!isHeld(hold, 'hostname')) return shared.claimContext;
  const { registry, observed } = shared;
  return {
    ...shared.claimContext,
    carriedBy: (hostname) =>
      observed
        .httpRoutes(hostname)
        .map(clusterIdOf)
        .find(
          (holder) =>
            holder !== undefined &&
            !registry.claimsOn(hostname).some(({ clusterId }) => clusterId === holder),
        ),
  };
}

/** Whether this config has the shared HTTPS listener at all; self-managed certificates alone do not need it. */
export function usesSharedListener({ shared }: Pick<ClusterContext, 'shared'>): boolean {
  const tls = shared.workload?.tls;
  return tls !== undefined && (tls.certManager || !tls.selfManaged);
}

interface Serving {
  readonly hostname: string;
  readonly management: HostnameStatus['management'];
  readonly phase: HostnameStatus['phase'];
  readonly reason: string;
  readonly https: 'shared' | 'dedicated' | undefined;
  readonly live: Live;
  readonly findings: readonly Finding[];
  readonly nextCheckAt?: string;
}

function serve(context: ClusterContext, serving: Serving): HostnamePlan {
  const { shared, clock } = context;
  const { hostname, live, phase, management, reason } = serving;
  const tls = shared.workload?.tls;
  const kind =
    serving.https === 'shared' && !(usesSharedListener(context) && isShared(context, hostname))
      ? undefined
      : serving.https;
  const base = {
    hostname,
    management,
    phase,
    reason,
    ...(serving.nextCheckAt === undefined ? {} : { nextCheckAt: serving.nextCheckAt }),
  };
  const sharedName = kind === 'shared' && tls?.certManager === true;
  if (kind === undefined || tls === undefined) {
    return {
      status: { ...base, http: 'served', https: 'off' },
      listed: true,
      served: { hostname, http: true, https: undefined, redirect: false },
      findings: serving.findings,
      withdrawn: false,
      sharedName: false,
    };
  }
  const listenerName = kind === 'shared' ? tls.httpsListenerName : hostnameObjectName(hostname);
  const listener = shared.listeners.own.get(listenerName);
  const liveHttps = kind === 'shared' ? live.shared : live.dedicated;
  const latched = liveHttps.has(hostname) || live.redirect.has(hostname);
  const coverage: Coverage =
    kind === 'shared'
      ? shared.sharedCertificates.covers(hostname)
      : servedCertificates([listenerName], shared.store, clock).covers(hostname);
  const gate = gateOf({ listener, coverage, latched, clock });
  // A new redirect waits until the HTTPS route was seen, and the gate opens for it anew: a latch that rests on the
  // HTTPS route alone would send people to a listener that somebody has just taken away.
  const redirected = live.redirect.has(hostname);
  const fresh = (): boolean =>
    liveHttps.has(hostname) && gateOf({ listener, coverage, latched: false, clock }).open;
  const redirect = gate.open && tls.httpToHttpsRedirect && (redirected || fresh());
  return {
    status: {
      ...base,
      http: redirect ? 'redirected' : 'served',
      https: gate.open ? 'open' : 'waiting',
      ...(gate.open ? {} : { httpsReason: gate.reason }),
    },
    listed: true,
    served: {
      hostname,
      http: !redirect,
      https: gate.open ? kind : undefined,
      redirect,
      ...(kind === 'dedicated' && listener !== undefined ? { listener } : {}),
    },
    findings: serving.findings,
    withdrawn: false,
    sharedName,
  };
}
