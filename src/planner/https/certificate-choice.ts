import type { ClusterContext } from '../context.ts';
import { type Finding, type FindingCode, finding } from '../findings.ts';
import { firstVerdict } from '../rule.ts';
import {
  CERTIFICATE_TARGET_RULES,
  type CertificateChoice,
  type CertificateFacts,
  hasSharedListener,
  NO_CERTIFICATE,
} from './certificate-rules.ts';
import { ORDER_RULES, type OrderDecision, type OrderFacts } from './order-rules.ts';

/** Which certificate serves a hostname that a cluster may have. */
export function chooseCertificate(
  facts: CertificateFacts,
  rules = CERTIFICATE_TARGET_RULES,
): CertificateChoice {
  return firstVerdict(rules, facts) ?? NO_CERTIFICATE;
}

/** Whether a certificate may be ordered for a self-managed hostname. */
export function decideOrder(facts: OrderFacts, rules = ORDER_RULES): OrderDecision {
  return firstVerdict(rules, facts) ?? { mayOrder: true };
}

/** Whether this config has the shared HTTPS listener at all; self-managed certificates alone do not need it. */
export function usesSharedListener({ shared }: Pick<ClusterContext, 'shared'>): boolean {
  return hasSharedListener(shared.workload?.tls);
}

/** What an operator is told about a choice. */
export function problemFindings(
  id: string,
  hostname: string,
  problem: { readonly code: FindingCode; readonly message: string } | undefined,
): readonly Finding[] {
  return problem === undefined ? [] : [finding(problem.code, id, problem.message, { hostname })];
}
