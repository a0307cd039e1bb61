import type { DnsAnswer } from '../world/world.ts';
import { type DnsVerdict, judgeDns, NOT_CHECKED } from './dns.ts';
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
  const answers = answersOf(hostname);
  // Nobody asks about most names that the platform hands out.
  if (answers.length === 0) return NOT_CHECKED;
  return judgeDns({
    hostname,
    target,
    answers,
    targetAnswers: answersOf(target),
    isOtherTarget: (name) =>
      name !== target &&
      (retiredTargets.has(name) ||
        registry.targetsOn(name).some(({ cluster }) => cluster.id !== claim.clusterId)),
    ...(input.proof === undefined ? {} : { proof: input.proof }),
  });
}
