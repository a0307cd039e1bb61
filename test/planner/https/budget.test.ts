import { describe, expect, test } from 'vitest';
import { finding } from '../../../src/planner/findings.ts';
import {
  type BudgetDecision,
  type Ledger,
  ORDERS_PER_DOMAIN,
  spendBudget,
} from '../../../src/planner/https/budget.ts';
import type { OrderRequest } from '../../../src/planner/https/certificates.ts';
import { clockAt, DAY, formatTime, nothingAsked } from '../../../src/planner/world/clock.ts';
import type { OrderMemory } from '../../../src/planner/world/memory.ts';
import { found } from '../../../src/planner/world/part.ts';
import { NOW } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const ago = (milliseconds: number): string => formatTime(now - milliseconds);
const order = (certificate: string, changes: Partial<OrderMemory> = {}): OrderMemory => ({
  certificate,
  domain: 'customer.test',
  at: ago(DAY),
  ...changes,
});
/** A request whose part says its name, so that one sees which went out. */
const request = (certificate: string, changes: Partial<OrderRequest> = {}): OrderRequest => ({
  certificate,
  domains: ['customer.test'],
  createdAt: 0,
  cluster: 'c-1',
  part: found(finding('SecretLeft', null, certificate)),
  ...changes,
});
const orders = (count: number, changes: Partial<OrderMemory> = {}): readonly OrderMemory[] =>
  Array.from({ length: count }, (_, index) => order(`old-${index}`, changes));
const spend = (
  requests: readonly OrderRequest[],
  remembered: readonly OrderMemory[] = [],
  certificates: readonly (readonly OrderMemory[])[] = [],
): BudgetDecision => spendBudget(new WeakMap(), requests, remembered, certificates, clockAt(now));
const wentOut = ({ part }: BudgetDecision) =>
  part.findings.filter(({ code }) => code === 'SecretLeft').map(({ message }) => message);
const refused = ({ part }: BudgetDecision) => part.findings.filter(({ code }) => code === 'IssuanceBudget');

describe('the budget of a registered domain', () => {
  test('is 45 orders in seven days', () => {
    expect(ORDERS_PER_DOMAIN).toBe(45);
    expect(wentOut(spend([request('new')], orders(44)))).toEqual(['new']);
    const full = spend([request('new', { hostname: 'app.customer.test' })], orders(45));
    expect(wentOut(full)).toEqual([]);
    expect(refused(full)).toEqual([
      finding(
        'IssuanceBudget',
        'c-1',
        `45 orders for customer.test in 7 days; Certificate new waits until ${formatTime(now + 6 * DAY)}`,
        { hostname: 'app.customer.test' },
      ),
    ]);
    expect(refused(spend([request('new')], orders(45)))[0]).not.toHaveProperty('hostname');
  });

  test('waits for the oldest of its own orders', () => {
    const older = [
      order('a', { at: ago(3 * DAY) }),
      ...orders(44),
      order('x', { domain: 'other.test', at: ago(6 * DAY) }),
    ];
    expect(refused(spend([request('new')], older))[0]?.message).toContain(
      `waits until ${formatTime(now + 4 * DAY)}`,
    );
  });

  test('has room again seven days after an order, at that moment', () => {
    expect(wentOut(spend([request('new')], orders(45, { at: ago(7 * DAY) })))).toEqual(['new']);
    expect(wentOut(spend([request('new')], orders(45, { at: ago(7 * DAY - 1) })))).toEqual([]);
    expect(spend([], orders(1, { at: ago(7 * DAY) })).orders).toEqual([]);
    expect(spend([], orders(1, { at: ago(7 * DAY - 1) })).orders).toHaveLength(1);
    expect(spend([], orders(1, { at: 'soon' })).orders).toEqual([]);
  });

  test('is spent oldest request first, then by name, and each counts for the next', () => {
    const requests = [
      request('b', { createdAt: 2 }),
      request('d', { createdAt: 1 }),
      request('a', { createdAt: 2 }),
      request('c', { createdAt: 2 }),
    ];
    const decision = spend(requests, orders(42));
    expect(wentOut(decision)).toEqual(['d', 'a', 'b']);
    expect(refused(decision).map(({ message }) => message)).toEqual([
      expect.stringContaining('Certificate c waits'),
    ]);
    expect(decision.spent).toEqual({ 'customer.test': 45 });
  });

  test('is one for each domain, and a request needs room in all of its', () => {
    const both = request('new', { domains: ['customer.test', 'other.test'] });
    const full = spend([both, request('late', { domains: ['other.test'] })], orders(45));
    expect(wentOut(full)).toEqual(['late']);
    expect(full.spent).toEqual({ 'customer.test': 45, 'other.test': 1 });
    const unordered = [order('a', { domain: 'z.test' }), order('b', { domain: 'a.test' })];
    for (const decision of [spend([], unordered), spend([request('new')], unordered)])
      expect(Object.keys(decision.spent)).toEqual(Object.keys(decision.spent).toSorted());
    const open = spend([both]);
    expect(open.orders).toEqual([
      { certificate: 'new', domain: 'customer.test', at: NOW, unseen: true },
      { certificate: 'new', domain: 'other.test', at: NOW, unseen: true },
    ]);
    expect(open.spent).toEqual({ 'customer.test': 1, 'other.test': 1 });
  });
});

describe('an order', () => {
  test('that memory and a Certificate both remember counts once', () => {
    const one = order('a');
    const decision = spend([], [one], [[one], [{ ...one, at: ago(2 * DAY) }]]);
    expect(decision.spent).toEqual({ 'customer.test': 2 });
    expect(decision.orders).toEqual([{ ...one, at: ago(2 * DAY) }, one]);
  });

  test('that a Certificate remembers counts though memory was lost', () => {
    expect(wentOut(spend([request('new')], [], [orders(45)]))).toEqual([]);
    expect(spend([], [], [[order('b'), order('a')]]).orders.map(({ certificate }) => certificate)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('when nothing changes', () => {
  test('the same list is remembered, until its oldest order is seven days old', () => {
    const remembered = [order('a', { at: ago(2 * DAY) }), order('b', { at: ago(5 * DAY) }), order('c')];
    const asked = nothingAsked();
    const decision = spendBudget(new WeakMap(), [], remembered, [remembered.slice(1)], clockAt(now, asked));
    expect(decision.orders).toBe(remembered);
    expect(decision.spent).toEqual({ 'customer.test': 3 });
    expect(decision.part.findings).toEqual([]);
    expect(asked.until).toBe(now + 2 * DAY);
    expect(spend([], []).spent).toEqual({});
  });

  test('a list is looked at once, and so are the lists of Certificates that it has', () => {
    const lists: Ledger[] = [];
    const kept = new WeakMap<readonly OrderMemory[], Ledger>();
    const remembered = orders(3);
    for (let round = 0; round < 3; round += 1) {
      spendBudget(kept, [], remembered, [orders(2)], clockAt(now));
      const ledger = kept.get(remembered);
      if (ledger !== undefined) lists.push(ledger);
    }
    expect(new Set(lists).size).toBe(1);
    const [ledger] = lists;
    const own = orders(2);
    expect(ledger?.missing(own)).toEqual([]);
    expect(ledger?.missing([...own, order('new')])).toEqual([order('new')]);
    expect(ledger?.missing([])).toEqual([]);
  });
});
