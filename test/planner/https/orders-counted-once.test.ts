import { describe, expect, test } from 'vitest';
import { spendBudget } from '../../../src/planner/https/budget.ts';
import type { OrderRequest } from '../../../src/planner/https/certificates.ts';
import { clockAt, formatTime } from '../../../src/planner/world/clock.ts';
import type { OrderMemory } from '../../../src/planner/world/memory.ts';
import { NOTHING } from '../../../src/planner/world/part.ts';

const START = Date.parse('2026-11-28T10:00:00Z');
const DOMAIN = 'customer.test';

function request(certificate: string): OrderRequest {
  return { certificate, domains: [DOMAIN], createdAt: 0, part: NOTHING, cluster: 'c' };
}

function order(certificate: string, seconds: number): OrderMemory {
  return { certificate, domain: DOMAIN, at: formatTime(START + seconds * 1000) };
}

function spend(
  names: readonly string[],
  remembered: readonly OrderMemory[],
  seen: readonly (readonly OrderMemory[])[],
  seconds: number,
) {
  const { orders, part } = spendBudget(
    new WeakMap(),
    names.map(request),
    remembered,
    seen,
    clockAt(START + seconds * 1000),
  );
  return { orders, refused: part.findings.length };
}

/** What is remembered after a certificate was planned once a second for so long, and never seen. */
function plannedFor(name: string, seconds: number): readonly OrderMemory[] {
  let orders: readonly OrderMemory[] = [];
  for (let second = 0; second < seconds; second += 1) orders = spend([name], orders, [], second).orders;
  return orders;
}

describe('the budget of orders (Let’s Encrypt: 50 a week for a registered domain)', () => {
  test('counts an order once that is planned a hundred times before its Certificate is seen', () => {
    const orders = plannedFor('a', 100);
    expect(orders).toHaveLength(1);
    const others = Array.from({ length: 44 }, (_, index) => `b${index}`);
    expect(spend(['a', ...others], orders, [], 100).refused).toBe(0);
    expect(spend(['a', ...others, 'one-more'], orders, [], 100).refused).toBe(1);
  });

  test('counts it once too when what is seen was written by an earlier plan', () => {
    const seen = [order('a', 3)];
    expect(spend([], plannedFor('a', 100), [seen], 101).orders).toEqual(seen);
  });

  test('counts it again when a Certificate that was seen is gone and is planned anew', () => {
    let { orders } = spend(['a'], [], [], 0);
    for (let time = 1; time <= 3; time += 1) {
      orders = spend([], orders, [[order('a', time - 1)]], time).orders;
      orders = spend(['a'], orders, [], time).orders;
    }
    expect(orders).toHaveLength(4);
  });

  test('counts an order whose write was lost against the others', () => {
    const lost = Array.from({ length: 45 }, (_, index) => `a${index}`);
    const { orders } = spend(lost, [], [], 0);
    expect(spend(['b'], orders, [], 1).refused).toBe(1);
  });
});
