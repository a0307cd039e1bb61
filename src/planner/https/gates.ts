import { firstVerdict } from '../rule.ts';
import { GATE_RULES, type Gate, type GateFacts, OPEN } from './gate-rules.ts';
import { REDIRECT_RULES, type RedirectFacts } from './redirect-rules.ts';

/** Whether a hostname may have HTTPS routes and redirects. */
export function gateOf(facts: GateFacts, rules = GATE_RULES): Gate {
  return firstVerdict(rules, facts) ?? OPEN;
}

/** Whether plain HTTP for a hostname is redirected to HTTPS. */
export function isRedirected(facts: RedirectFacts, rules = REDIRECT_RULES): boolean {
  return firstVerdict(rules, facts) ?? true;
}
