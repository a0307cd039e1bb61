import { hashOfName, hostnameObjectName } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import { type Claim, type DnsVerdict, nextDnsCheck, nextDnsState, type Refusal } from '../ownership/index.ts';
import { entryOf } from '../world/json.ts';
import type { DnsMemory } from '../world/memory.ts';
import { clusterIdOf } from '../world/objects.ts';
import { chooseCertificate, decideOrder, problemFindings } from './certificate-choice.ts';
import { overlapOf, ownWildcardAbove } from './certificate-overlap.ts';
import type { HostnamePlan, Live } from './hostname-plan.ts';
import { unknownIssuerKind } from './issuer.ts';
import { withheld } from './refused-hostname.ts';
import { serve } from './served-hostname.ts';

/**
 * A hostname of the customer's own: served once it is claimed, with a certificate once DNS reaches the target.
 *
 * @param refusal why it may not be served yet, while its DNS is watched all the same.
 */
export function planSelfManaged(
  context: ClusterContext,
  claim: Claim,
  live: Live,
  refusal: Refusal | undefined,
): HostnamePlan {
  const { id, shared, clock, memory } = context;
  const { binding } = claim;
  const { hostname } = binding;
  const verdict = shared.verdictOf(claim);
  const name = hostnameObjectName(hostname);
  const certificate = shared.store.certificate(name);
  const certified = certificate !== undefined && clusterIdOf(certificate) === id;
  const wasReady = certified || live.dedicated.has(hostname);
  const dns = nextDnsState(entryOf(memory.dns, hostname), verdict, wasReady, clock);
  if (refusal !== undefined) {
    const { code, message } = refusal;
    return {
      ...withheld(context, hostname, 'self', code, [finding(code, id, message, { hostname })], live),
      dns,
    };
  }
  const findings = dnsFindings(context, hostname, dns, verdict);
  if (dns.phase === 'released') {
    return { ...withheld(context, hostname, 'self', 'Released', findings, live), dns };
  }
  const choice = chooseCertificate({
    hostname,
    management: 'self',
    tls: shared.workload?.tls,
    baseDomain: () => shared.baseDomain,
    phase: dns.phase,
    wasReady,
    overlap: () => overlapOf(context, binding),
    ownWildcard: () => ownWildcardAbove(context, binding),
  });
  const order =
    choice.target === 'dedicated' && choice.of === undefined
      ? decideOrder({
          hostname,
          phase: dns.phase,
          outcome: verdict.outcome,
          caaForbids: () => shared.caaForbids(hostname),
          paused: binding.input.paused === true,
          unknownIssuerKind: unknownIssuerKind(binding.input.issuerRef),
        })
      : undefined;
  const nextCheckAt = nextDnsCheck(hostname, dns, hashOfName(name));
  const plan = serve(context, {
    hostname,
    name,
    management: 'self',
    phase: dns.phase,
    reason: verdict.reason,
    https: choice.target,
    ...(choice.of === undefined ? {} : { certificateOf: choice.of }),
    live,
    findings: [
      ...findings,
      ...problemFindings(id, hostname, choice.problem),
      ...problemFindings(id, hostname, order?.problem),
    ],
    ...(nextCheckAt === undefined ? {} : { nextCheckAt }),
  });
  if (order === undefined) return { ...plan, dns };
  const { mayOrder } = order;
  return {
    ...plan,
    dns,
    dedicated: { hostname, clusterId: id, name, createdAt: binding.createdAt, binding, mayOrder },
  };
}

function dnsFindings(
  { id, claims }: ClusterContext,
  hostname: string,
  dns: DnsMemory,
  verdict: DnsVerdict,
): readonly Finding[] {
  const about = { hostname };
  const target = claims.workload?.target;
  const wanted = target === undefined ? '' : `; wanted: ${hostname} CNAME ${target}`;
  const detail = `${verdict.reason}: ${verdict.detail}${wanted}`;
  if (dns.phase === 'degraded') return [finding('DnsDegraded', id, detail, about)];
  if (dns.phase === 'lost' || dns.phase === 'released') return [finding('DnsLost', id, detail, about)];
  const waiting =
    dns.phase === 'pending' && verdict.reason !== 'NotChecked' && verdict.reason !== 'TargetUnresolvable';
  return waiting ? [finding('DnsNotReady', id, detail, about)] : [];
}
