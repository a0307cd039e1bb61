import { type Finding, finding } from '../findings.ts';
import { type Clock, formatTime, parseTime } from '../world/clock.ts';
import { compareText } from '../world/json.ts';
import type { OrderMemory } from '../world/memory.ts';
import { combine, NOTHING, type Part } from '../world/part.ts';
import { finish, inSlices, type Slices } from '../world/slices.ts';
import { ORDER_SPAN, type OrderRequest } from './certificates.ts';

/** Let's Encrypt allows 50 certificates per registered domain in 7 days; the rest is left to the operator. */
export const ORDERS_PER_DOMAIN = 45;

export interface BudgetDecision {
  readonly part: Part;
  readonly orders: readonly OrderMemory[];
  readonly spent: Readonly<Record<string, number>>;
}

/**
 * Lets orders out, oldest first, while their domain has room. What Certificates remember and what memory remembers
 * is counted once each, so that lost memory forgets nothing and a lost write counts as an order. An order that is planned
 * again before its Certificate was seen is the same one: a controller plans many times before it sees what it has written.
 */
export function spendBudget(
  kept: KeptLedgers,
  requests: readonly OrderRequest[],
  remembered: readonly OrderMemory[],
  certificates: readonly (readonly OrderMemory[])[],
  clock: Clock,
): BudgetDecision {
  const ledger = ledgerOf(kept, remembered);
  const unknown = certificates.flatMap((orders) => ledger.missing(orders));
  if (requests.length === 0 && unknown.length === 0 && !clock.reached(ledger.oldest + ORDER_SPAN)) {
    return { part: NOTHING, orders: remembered, spent: ledger.spent };
  }
  return decide(requests, afterSeeing(unknown, remembered), clock);
}

/** Orders with those that a Certificate shows: what was only planned for it before is one of these. */
function afterSeeing(
  seen: readonly OrderMemory[],
  remembered: readonly OrderMemory[],
): readonly OrderMemory[] {
  if (seen.length === 0) return remembered;
  const shown = new Set(seen.map(orderedFor));
  return [...remembered.filter((order) => order.unseen !== true || !shown.has(orderedFor(order))), ...seen];
}

/** Looks at a list of orders that nobody has looked at, with pauses, so that the decision finds that done. */
export function* readLedger(
  kept: KeptLedgers,
  remembered: readonly OrderMemory[],
  certificates: readonly (readonly OrderMemory[])[],
): Slices<void> {
  if (kept.get(remembered) !== undefined) return;
  const ledger = yield* readOrders(remembered);
  kept.set(remembered, ledger);
  yield* inSlices(certificates, 512, ledger.missing);
}

/** What a list of orders amounts to; worked out once per list. */
export interface Ledger {
  readonly spent: Readonly<Record<string, number>>;
  /** Time of the oldest order; Infinity without any. */
  readonly oldest: number;
  /** Those orders of a Certificate that the list does not have, or only as planned. */
  missing(orders: readonly OrderMemory[]): readonly OrderMemory[];
}

/** Ledgers by their lists, which never change in place; an engine keeps them between plans. */
export type KeptLedgers = Pick<WeakMap<readonly OrderMemory[], Ledger>, 'get' | 'set'>;

const NONE: readonly OrderMemory[] = [];

function ledgerOf(kept: KeptLedgers, orders: readonly OrderMemory[]): Ledger {
  const known = kept.get(orders);
  if (known !== undefined) return known;
  const ledger = finish(readOrders(orders));
  kept.set(orders, ledger);
  return ledger;
}

function* readOrders(orders: readonly OrderMemory[]): Slices<Ledger> {
  const keys = new Set<string>();
  const spent = new Map<string, number>();
  let oldest = Number.POSITIVE_INFINITY;
  yield* inSlices(orders, 512, (order) => {
    if (order.unseen !== true) keys.add(keyOfOrder(order));
    spent.set(order.domain, (spent.get(order.domain) ?? 0) + 1);
    oldest = Math.min(oldest, parseTime(order.at) ?? 0);
  });
  yield;
  const counts = yield* inOrder(spent);
  const checked = new WeakSet<readonly OrderMemory[]>();
  return {
    spent: counts,
    oldest,
    missing: (others) => {
      if (others.length === 0 || checked.has(others)) return NONE;
      const missing = others.filter((order) => !keys.has(keyOfOrder(order)));
      if (missing.length === 0) checked.add(others);
      return missing;
    },
  };
}

/** Without a prototype an object takes thousands of keys at once; otherwise each of the first ones costs more than the last. */
function* inOrder(spent: ReadonlyMap<string, number>): Slices<Readonly<Record<string, number>>> {
  const sorted = [...spent].sort(([a], [b]) => compareText(a, b));
  yield;
  const counts: Record<string, number> = Object.create(null);
  yield* inSlices(sorted, 512, ([domain, count]) => {
    counts[domain] = count;
  });
  return counts;
}

function keyOfOrder({ certificate, domain, at }: OrderMemory): string {
  return `${certificate} ${domain} ${at}`;
}

function orderedFor({ certificate, domain }: Pick<OrderMemory, 'certificate' | 'domain'>): string {
  return `${certificate} ${domain}`;
}

function decide(
  requests: readonly OrderRequest[],
  remembered: readonly OrderMemory[],
  clock: Clock,
): BudgetDecision {
  const known = new Map<string, OrderMemory>();
  for (const order of remembered) {
    if (clock.reached((parseTime(order.at) ?? 0) + ORDER_SPAN)) continue;
    known.set(keyOfOrder(order), order);
  }
  const spent = new Map<string, number>();
  for (const { domain } of known.values()) spent.set(domain, (spent.get(domain) ?? 0) + 1);
  const planned = new Map(
    [...known.values()].filter(({ unseen }) => unseen === true).map((order) => [orderedFor(order), order]),
  );
  const parts: Part[] = [];
  const refused: Finding[] = [];
  const now = formatTime(clock.now);
  const sorted = [...requests].sort(
    (a, b) => a.createdAt - b.createdAt || compareText(a.certificate, b.certificate),
  );
  for (const request of sorted) {
    const { certificate } = request;
    const isPlanned = (domain: string): boolean => planned.has(orderedFor({ certificate, domain }));
    const full = request.domains.find(
      (domain) => !isPlanned(domain) && (spent.get(domain) ?? 0) >= ORDERS_PER_DOMAIN,
    );
    if (full !== undefined) {
      refused.push(refusal(request, full, known));
      continue;
    }
    for (const domain of request.domains) {
      const before = planned.get(orderedFor({ certificate, domain }));
      if (before === undefined) spent.set(domain, (spent.get(domain) ?? 0) + 1);
      else known.delete(keyOfOrder(before));
      const order: OrderMemory = { certificate, domain, at: now, unseen: true };
      known.set(keyOfOrder(order), order);
    }
    parts.push(request.part);
  }
  const orders = [...known.keys()].sort(compareText).flatMap((key) => known.get(key) ?? []);
  return {
    part: combine([...parts, { actions: [], findings: refused, withdrawals: [] }]),
    orders,
    spent: finish(inOrder(spent)),
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
