import type { ClusterContext } from '../context.ts';
import { type Claim, targetRefusal, targetUnresolvable } from '../ownership/index.ts';
import { chooseCertificate, problemFindings } from './certificate-choice.ts';
import type { CertificateFacts } from './certificate-rules.ts';
import type { HostnamePlan, Live } from './hostname-plan.ts';
import { refused } from './refused-hostname.ts';
import { serve } from './served-hostname.ts';

/** The CNAME target of a cluster: the name that its hostnames lead to. */
export function planTarget(context: ClusterContext, target: string, live: Live): HostnamePlan {
  const { shared, id } = context;
  const { registry, baseDomain, reservedHostnames: reserved } = shared;
  const refusal = targetRefusal({ target, clusterId: id, registry, baseDomain, reserved });
  if (refusal !== undefined) return refused(context, target, 'target', refusal, live);
  const unresolvable = targetUnresolvable(shared.answersOf(target));
  const phase = unresolvable ? 'pending' : 'ready';
  const choice = chooseCertificate(sharedFacts(context, target, 'target', phase));
  return serve(context, {
    hostname: target,
    management: 'target',
    phase,
    reason: unresolvable ? 'TargetUnresolvable' : 'Target',
    https: choice.target,
    live,
    findings: problemFindings(id, target, choice.problem),
  });
}

/** A hostname under the base domain, which the platform hands out. */
export function planPlatformManaged(context: ClusterContext, claim: Claim, live: Live): HostnamePlan {
  const { id, shared } = context;
  const { hostname } = claim.binding;
  const verdict = shared.verdictOf(claim);
  const phase = verdict.outcome === 'positive' || verdict.reason === 'NotChecked' ? 'ready' : 'pending';
  const choice = chooseCertificate(sharedFacts(context, hostname, 'platform', phase));
  return serve(context, {
    hostname,
    management: 'platform',
    phase,
    reason: verdict.reason === 'NotChecked' ? 'PlatformManaged' : verdict.reason,
    https: choice.target,
    live,
    findings: problemFindings(id, hostname, choice.problem),
  });
}

/** What the certificate of a hostname below the base domain is chosen by. */
function sharedFacts(
  { shared }: ClusterContext,
  hostname: string,
  management: 'target' | 'platform',
  phase: 'pending' | 'ready',
): CertificateFacts {
  return {
    hostname,
    management,
    tls: shared.workload?.tls,
    baseDomain: () => shared.baseDomain,
    phase,
    wasReady: false,
    overlap: () => undefined,
    ownWildcard: () => undefined,
  };
}
