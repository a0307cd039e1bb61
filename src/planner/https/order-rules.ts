import type { DnsVerdict } from '../ownership/index.ts';
import type { Rule } from '../rule.ts';
import type { DnsPhase } from '../world/memory.ts';

export interface OrderFacts {
  readonly hostname: string;
  readonly phase: DnsPhase;
  readonly outcome: DnsVerdict['outcome'];
  /** CAA records forbid every authority. */
  readonly caaForbids: () => boolean;
  readonly paused: boolean;
  /** The kind of the issuer that the binding names, when cert-manager does not know it. */
  readonly unknownIssuerKind: string | undefined;
}

/** Whether a certificate may be ordered; without an order what exists is kept. */
export interface OrderDecision {
  readonly mayOrder: boolean;
  readonly problem?: {
    readonly code: 'CaaForbids' | 'IssuerKindUnknown';
    readonly message: string;
  };
}

type OrderRule = Rule<OrderFacts, OrderDecision>;

const caaForbids: OrderRule = {
  name: 'CaaForbids',
  says: 'Nothing is ordered while the CAA records of the hostname allow nobody.',
  source: 'RFC 8659, 4.1',
  finding: 'CaaForbids',
  decide: (facts) =>
    facts.caaForbids()
      ? {
          mayOrder: false,
          problem: { code: 'CaaForbids', message: `CAA of ${facts.hostname} allows nobody` },
        }
      : undefined,
};

const dnsNotReady: OrderRule = {
  name: 'DnsNotReady',
  says: 'Nothing is ordered before DNS has reached the target, nor while it has not for a while.',
  source: 'docs/decisions.md, deviation 3 from the runbook',
  decide: ({ phase }) => (phase === 'ready' ? undefined : KEEP),
};

const dnsElsewhere: OrderRule = {
  name: 'DnsElsewhere',
  says: 'Nothing is ordered while DNS does not reach the target, however short.',
  source: 'docs/decisions.md, deviation 3 from the runbook',
  decide: ({ outcome }) => (outcome === 'negative' ? KEEP : undefined),
};

const paused: OrderRule = {
  name: 'Paused',
  says: 'Nothing is ordered for a binding that is paused.',
  source: 'schemas/world.schema.json, paused of a hostname',
  decide: (facts) => (facts.paused ? KEEP : undefined),
};

const issuerKindUnknown: OrderRule = {
  name: 'IssuerKindUnknown',
  says: 'Nothing is ordered from an issuer of a kind that cert-manager does not know.',
  source: 'cert-manager, issuerRef: Issuer and ClusterIssuer in the group cert-manager.io',
  finding: 'IssuerKindUnknown',
  decide: ({ hostname, unknownIssuerKind: kind }) =>
    kind === undefined
      ? undefined
      : {
          mayOrder: false,
          problem: {
            code: 'IssuerKindUnknown',
            message: `${hostname} names an issuer of kind ${JSON.stringify(kind.slice(0, 63))}; expected Issuer or ClusterIssuer`,
          },
        },
};

/** Why no certificate is ordered for a self-managed hostname, in this order. */
export const ORDER_RULES: readonly OrderRule[] = [
  caaForbids,
  issuerKindUnknown,
  dnsNotReady,
  dnsElsewhere,
  paused,
];

const KEEP: OrderDecision = Object.freeze({ mayOrder: false });
