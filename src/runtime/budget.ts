import { ORDER_SPAN, type OrderRequest } from './certificates.ts';
import { type Clock, formatTime, parseTime } from './clock.ts';
import { type Finding, finding } from './findings.ts';
import { compareText } from './json.ts';
import type { OrderMemory } from './memory.ts';
import { combine, type Part } from './part.ts';

/** Let's Encrypt allows 50 certificates per registered domain in 7 days; the rest is left to the operator. */
export const ORDERS_PER_DOMAIN = 45;

export interface BudgetDecision {
  readonly part: Part;
  /** Certificates whose order goes out. */
  readonly admitted: ReadonlySet<string>;
  readonly orders: readonly OrderMemory[];
  readonly spent: Readonly<Record<string, number>>;
}

/**
 * Lets orders out, oldest first, while their domain has room. What Certificates remember and what memory remembers
 * is counted once each, so that lost memory forgets nothing and a lost write counts as an order.
 */
export function spendBudget(
  requests: readonly OrderRequest[],
  remembered: readonly OrderMemory[],
  clock: Clock,
): BudgetDecision {
  const known = new Map<string, OrderMemory>();
  for (const order of remembered) {
    if (clock.reached((parseTime(order.at) ?? 0) + ORDER_SPAN)) continue;
    known.set(`${order.certificate} ${order.domain} ${order.at}`, order);
  }
  const spent = new Map<string, number>();
  for (const { domain } of known.values()) spent.set(domain, (spent.get(domain) ?? 0) + 1);
  const admitted = new Set<string>();
  const parts: Part[] = [];
  const refused: Finding[] = [];
  const now = formatTime(clock.now);
  const sorted = [...requests].sort(
    (a, b) => a.createdAt - b.createdAt || compareText(a.certificate, b.certificate),
  );
  for (const request of sorted) {
    const full = request.domains.find((domain) => (spent.get(domain) ?? 0) >= ORDERS_PER_DOMAIN);
    if (full !== undefined) {
      refused.push(refusal(request, full, known));
      continue;
    }
    for (const domain of request.domains) {
      spent.set(domain, (spent.get(domain) ?? 0) + 1);
      known.set(`${request.certificate} ${domain} ${now}`, {
        certificate: request.certificate,
        domain,
        at: now,
      });
    }
    admitted.add(request.certificate);
    parts.push(request.part);
  }
  const orders = [...known.keys()].sort(compareText).flatMap((key) => known.get(key) ?? []);
  return {
    part: combine([...parts, { actions: [], findings: refused, withdrawals: [] }]),
    admitted,
    orders,
    spent: Object.fromEntries([...spent].sort(([a], [b]) => compareText(a, b))),
  };
}

function refusal(request: OrderRequest, domain: string, known: ReadonlyMap<string, OrderMemory>): Finding {
  const times = [...known.values()]
    .filter((order) => order.domain === domain)
    .map(({ at }) => parseTime(at) ?? 0);
  const free = formatTime(Math.min(...times) + ORDER_SPAN);
  return finding(
    'IssuanceBudget',
    request.cluster,
    `${ORDERS_PER_DOMAIN} orders for ${domain} in 7 days; Certificate ${request.certificate} waits until ${free}`,
    request.hostname === undefined ? {} : { hostname: request.hostname },
  );
}
