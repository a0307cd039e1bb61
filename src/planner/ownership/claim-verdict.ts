import type { DnsAnswer } from '../world/world.ts';
import { type DnsVerdict, judgeDns } from './dns.ts';
import type { Claim, Registry } from './registry.ts';

/** What DNS says about a claim. */
export function claimVerdict(
  claim: Claim,
  registry: Registry,
  answersOf: (hostname: string) => readonly DnsAnswer[],
  retiredTargets: ReadonlySet<string>,
): DnsVerdict {
  const { hostname, input } = claim.binding;
  const target = registry.of(claim.clusterId)?.workload?.target;
  if (target === undefined) {
    return {
      outcome: 'unknown',
      reason: 'NotChecked',
      detail: 'the cluster has no CNAME target',
      proven: false,
    };
  }
  return judgeDns({
    hostname,
    target,
    answers: answersOf(hostname),
    targetAnswers: answersOf(target),
    isOtherTarget: (name) =>
      name !== target &&
      (retiredTargets.has(name) ||
        registry.targetsOn(name).some(({ cluster }) => cluster.id !== claim.clusterId)),
    ...(input.proof === undefined ? {} : { proof: input.proof }),
  });
}
