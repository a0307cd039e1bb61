import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOf } from '../../src/route-agent/kernel/grammar.ts';
import { lookupIn } from '../../src/route-agent/plan/lookup.ts';
import { planKernelRoutes } from '../../src/route-agent/plan/plan-kernel-routes.ts';
import { rangeIndex } from '../../src/route-agent/plan/range-index.ts';
import type { Kernel, KernelPlan, RoutePlan } from '../../src/route-agent/types.ts';
import { containsRange, formatCidr, formatIp, overlaps, parseCidr, parseIp } from '../../src/text/ip.ts';
import { atLength } from '../support/at-length.ts';
import { address, applyOp, applyOps, foreignIn, GUARDING, HOST, POLICY, range, slowLookup } from './model.ts';
import { randomKernel, randomPlans } from './random-tables.ts';

const planned = (plans: readonly RoutePlan[], state: Kernel): KernelPlan =>
  planKernelRoutes(plans, state, HOST, GUARDING);

/** Any text but of one form is something else than was meant. */
const LINE =
  /^route (?:(?:add|replace) [0-9a-f.:]+\/[1-9][0-9]{0,2} via [0-9a-f.:]+ dev [A-Za-z0-9]+ proto 157 metric 4242|del [0-9a-f.:]+\/[1-9][0-9]{0,2} proto 157 metric (?:4242|7)|(?:add|del) unreachable [0-9a-f.:]+\/[1-9][0-9]{0,2} proto 158 metric 4294967295)$/;

describe('for tables and plans at random (T3.7, T3.12)', () => {
  test('what is done twice is done once, and what is of others stays as it is', () => {
    let changes = 0;
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, before) => {
        const { ops } = planned(plans, before);
        changes += ops.length;
        for (const op of ops) expect(lineOf(op)).toMatch(LINE);
        const after = applyOps(before, ops);
        expect(foreignIn(after)).toEqual(foreignIn(before));
        expect(planned(plans, after).ops, 'a second plan').toEqual([]);
        expect(applyOps(after, planned(plans, after).ops)).toEqual(after);
      }),
      { numRuns: atLength(400, 2_000) },
    );
    // A generator that meets nothing would prove nothing.
    expect(changes).toBeGreaterThan(atLength(800, 4_000));
  });

  test('no change overlaps what is protected, and each adds a route of one plan of this Node', () => {
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, before) => {
        for (const op of planned(plans, before).ops) {
          if (!('nextHop' in op.route)) continue;
          const { range: to, nextHop } = op.route;
          expect(
            ['192.0.2.0/24', '127.0.0.0/8', '169.254.0.0/16', '2001:db8::/64']
              .map(range)
              .some((one) => overlaps(one, to)),
          ).toBe(false);
          const asking = plans.filter(
            ({ nodeSelector, routes, podCIDRs }) =>
              nodeSelector.zone === 'a' &&
              podCIDRs.some((outer) => containsRange(range(outer), to)) &&
              routes.some(({ destination, nextHop: hop }) => {
                const [one, ip] = [parseCidr(destination), parseIp(hop)];
                return (
                  one !== undefined &&
                  ip !== undefined &&
                  formatCidr(one) === formatCidr(to) &&
                  ip.value === nextHop.value
                );
              }),
          );
          expect(asking).not.toEqual([]);
        }
      }),
      { numRuns: atLength(100, 500) },
    );
  });

  test('where a route of a plan stands its guard does, and one that no plan asks for has gone', () => {
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, before) => {
        const after = applyOps(before, planned(plans, before).ops);
        const routes = rangesOf(after, POLICY.protocol);
        const guards = rangesOf(after, GUARDING.guardProtocol);
        for (const name of routes) expect(guards).toContain(name);
        const asked = plans.flatMap(({ routes: all }) =>
          all.flatMap(({ destination }) => parseCidr(destination) ?? []).map(formatCidr),
        );
        for (const name of guards) expect(asked).toContain(name);
      }),
      { numRuns: atLength(100, 500) },
    );
  });

  test('after a flush, and from the first change to the last, no range that had a route of ours is without a guard', () => {
    let met = 0;
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, drawn) => {
        const before = applyOps(drawn, planned(plans, drawn).ops);
        const flushed: Kernel = {
          ...before,
          routes: before.routes.filter(({ protocol }) => protocol !== POLICY.protocol),
        };
        // Where another program has a route around it, packets go there.
        const kept = before.routes
          .filter(({ protocol }) => protocol === POLICY.protocol)
          .filter(
            ({ range: to }) =>
              !foreignIn(before).some(
                ({ range: { prefixLength }, range: outer }) =>
                  prefixLength > 0 && prefixLength < to.prefixLength && containsRange(outer, to),
              ),
          )
          .map(({ range: to }) => formatCidr(to));
        met += kept.length;
        planned(plans, flushed).ops.reduce((state, op) => {
          const next = applyOp(state, op).kernel;
          const guards = rangesOf(next, GUARDING.guardProtocol);
          for (const name of kept) expect(guards).toContain(name);
          return next;
        }, flushed);
      }),
      { numRuns: atLength(100, 500) },
    );
    expect(met).toBeGreaterThan(atLength(50, 250));
  });

  test('the order of plans, of routes and of the table does not matter', () => {
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, before) => {
        const turned = planned(plans.toReversed(), { ...before, routes: before.routes.toReversed() });
        expect(turned.ops.map(lineOf).sort()).toEqual(planned(plans, before).ops.map(lineOf).sort());
      }),
      { numRuns: atLength(100, 300) },
    );
  });

  test('every prefix of the changes can be gone on from: killed at any point, the next plan ends at the same table', () => {
    fc.assert(
      fc.property(randomPlans, randomKernel, fc.nat({ max: 12 }), (plans, before, done) => {
        const { ops } = planned(plans, before);
        const whole = applyOps(before, ops);
        const cut = applyOps(before, ops.slice(0, done));
        const resumed = applyOps(cut, planned(plans, cut).ops);
        expect(tableOf(resumed)).toEqual(tableOf(whole));
      }),
      { numRuns: atLength(100, 500) },
    );
  });

  test('no change of a plan is refused by the kernel that it was made for', () => {
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, before) => {
        planned(plans, before).ops.reduce((state, op) => {
          const { answer, kernel } = applyOp(state, op);
          expect(answer).toBe('done');
          return kernel;
        }, before);
      }),
      { numRuns: atLength(100, 500) },
    );
  });

  test('a route that is called effective is the one that the kernel takes, at every edge of it', () => {
    fc.assert(
      fc.property(randomPlans, randomKernel, (plans, before) => {
        const after = applyOps(before, planned(plans, before).ops);
        for (const { effective } of planned(plans, after).reports) {
          for (const { family, first, last } of effective) {
            for (const value of [first, last, (first + last) / 2n]) {
              const taken = slowLookup(after, { family, value });
              expect(taken?.protocol, formatIp({ family, value })).toBe(POLICY.protocol);
              expect(lookupIn(after).route({ family, value })).toBe(taken);
            }
          }
        }
      }),
      { numRuns: atLength(100, 500) },
    );
  });
});

/** Ranges that have an entry of a protocol. */
const rangesOf = ({ routes }: Kernel, protocol: number | undefined): readonly string[] =>
  routes.filter((one) => one.protocol === protocol).map(({ range: to }) => formatCidr(to));

/** The main table whatever the order of its entries. */
const tableOf = ({ routes }: Kernel): readonly string[] =>
  routes
    .map(
      ({ range: to, gateway, protocol, metric }) =>
        `${formatCidr(to)} ${gateway === undefined ? '' : formatIp(gateway)} ${protocol} ${metric}`,
    )
    .sort();

test('an index of ranges finds what a look at all of them finds', () => {
  const ranges = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 8, max: 32 }))
    .map(([value, length]) => {
      const size = 1n << BigInt(32 - length);
      const first = ((BigInt(value) << 20n) / size) * size;
      return { family: 4 as const, first, last: first + size - 1n, prefixLength: length, text: '' };
    });
  fc.assert(
    fc.property(fc.array(ranges, { maxLength: 30 }), ranges, (all, one) => {
      const index = rangeIndex(all, 4, (each) => each);
      const sorted = (found: readonly object[]) => new Set(found);
      expect(sorted(index.covering(one))).toEqual(sorted(all.filter((each) => containsRange(each, one))));
      expect(sorted(index.inside(one))).toEqual(sorted(all.filter((each) => containsRange(one, each))));
    }),
    { numRuns: atLength(100, 500) },
  );
});

test('an address is written so that it is read as the same one', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
      const six = { family: 6 as const, value };
      const isMapped = value >> 32n === 0xffffn;
      expect(parseIp(formatIp(six))).toEqual(isMapped ? undefined : six);
      const four = { family: 4 as const, value: value >> 96n };
      expect(address(formatIp(four))).toEqual(four);
    }),
  );
});
