import { CONTROL_PLANE_RULES } from './control-plane/index.ts';
import {
  CERTIFICATE_TARGET_RULES,
  GATE_RULES,
  ORDER_RULES,
  REDIRECT_RULES,
  SHARD_RULES,
} from './https/index.ts';
import { CLAIM_RULES, RESERVED_RULES, TARGET_RULES } from './ownership/index.ts';
import type { RuleText } from './rule.ts';
import { OBJECT_LEAVING_RULES, ROUTE_LEAVING_RULES, WITHDRAWAL_RULES } from './withdrawal/index.ts';

/** One decision of the planner that weighs several rules. */
export interface Decision {
  /** The name of its list. */
  readonly list: string;
  /** Where the list stands, from src/planner. */
  readonly file: string;
  readonly decides: string;
  /** What holds when no rule has anything to say. */
  readonly otherwise: string;
  readonly rules: readonly RuleText[];
}

/** Every decision that is a list of rules, in the order in which a plan comes to it; docs/runtime.md shows them. */
export const DECISIONS: readonly Decision[] = [
  {
    list: 'CONTROL_PLANE_RULES',
    file: 'control-plane/control-plane-rules.ts',
    decides: 'Why a cluster may not have its control-plane hostname',
    otherwise: 'it has it',
    rules: CONTROL_PLANE_RULES,
  },
  {
    list: 'TARGET_RULES',
    file: 'ownership/target-rules.ts',
    decides: 'Why a cluster may not have its CNAME target',
    otherwise: 'it has it',
    rules: TARGET_RULES,
  },
  {
    list: 'RESERVED_RULES',
    file: 'ownership/reserved-rules.ts',
    decides: "Why a hostname is nobody's to claim",
    otherwise: 'clusters may claim it',
    rules: RESERVED_RULES,
  },
  {
    list: 'CLAIM_RULES',
    file: 'ownership/claim-rules.ts',
    decides: 'Why a cluster may not serve a hostname that it binds',
    otherwise: 'it may',
    rules: CLAIM_RULES,
  },
  {
    list: 'CERTIFICATE_TARGET_RULES',
    file: 'https/certificate-rules.ts',
    decides: 'Which certificate serves a hostname that a cluster may have',
    otherwise: 'none does',
    rules: CERTIFICATE_TARGET_RULES,
  },
  {
    list: 'ORDER_RULES',
    file: 'https/order-rules.ts',
    decides: 'Why no certificate is ordered for a self-managed hostname',
    otherwise: 'it may be ordered, within the budget',
    rules: ORDER_RULES,
  },
  {
    list: 'GATE_RULES',
    file: 'https/gate-rules.ts',
    decides: 'Whether a hostname may have HTTPS routes',
    otherwise: 'it may',
    rules: GATE_RULES,
  },
  {
    list: 'REDIRECT_RULES',
    file: 'https/redirect-rules.ts',
    decides: 'Whether plain HTTP for a hostname is redirected to HTTPS',
    otherwise: 'it is',
    rules: REDIRECT_RULES,
  },
  {
    list: 'SHARD_RULES',
    file: 'https/shard-rules.ts',
    decides: 'Which shared certificate new names go to',
    otherwise:
      'a name has none (`SharedCertificateCapacity`). Each rule takes its share of what those before have left',
    rules: SHARD_RULES,
  },
  {
    list: 'ROUTE_LEAVING_RULES',
    file: 'withdrawal/leaving-rules.ts',
    decides: 'Why an HTTPRoute of a leaving cluster stays for now',
    otherwise: 'its hostnames do not keep it',
    rules: ROUTE_LEAVING_RULES,
  },
  {
    list: 'OBJECT_LEAVING_RULES',
    file: 'withdrawal/leaving-rules.ts',
    decides: 'Whether an object of a leaving cluster goes',
    otherwise: 'it goes',
    rules: OBJECT_LEAVING_RULES,
  },
  {
    list: 'WITHDRAWAL_RULES',
    file: 'withdrawal/withdrawal-rules.ts',
    decides: 'Whether what would go of one kind is held back',
    otherwise: 'the set is confirmed and goes',
    rules: WITHDRAWAL_RULES,
  },
];
