import fc from 'fast-check';
import type { Kernel, KernelRoute, RoutePlan } from '../../src/route-agent/types.ts';
import { entry, guard, kernel, own, plan } from './model.ts';

/** Tables and plans at random, in a world so small that they meet. */

const HOPS = ['192.0.2.11', '192.0.2.12', '192.0.2.13'] as const;
const HOPS_6 = ['2001:db8::11', '2001:db8::12'] as const;

/** Ranges of 10.64.0.0/13: some nest, some are equal. */
const destination4 = fc
  .tuple(
    fc.integer({ min: 64, max: 67 }),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(14, 16, 22, 24, 25, 28),
  )
  .map(([second, third, length]) => masked(`10.${second}.${third}.0`, length));
const destination6 = fc
  .tuple(fc.integer({ min: 0x64, max: 0x65 }), fc.integer({ min: 0, max: 3 }), fc.constantFrom(48, 64))
  .map(([second, fourth, length]) =>
    length === 48 ? `fd00:${second.toString(16)}::/48` : `fd00:${second.toString(16)}:0:${fourth}::/64`,
  );

function masked(address: string, length: number): string {
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - length);
  const first = value - (value % size);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${length}`;
}

const route4 = fc
  .tuple(destination4, fc.constantFrom(...HOPS))
  .map(([destination, nextHop]) => ({ destination, nextHop }));
const route6 = fc
  .tuple(destination6, fc.constantFrom(...HOPS_6))
  .map(([destination, nextHop]) => ({ destination, nextHop }));
/** What somebody writes who means harm. */
const hostileRoute = fc.record({
  destination: fc.constantFrom(
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '192.0.2.0/24',
    '127.0.0.0/24',
    '10.96.0.0/16',
    'default',
    '10.64.1.1/24',
    '::ffff:10.64.0.0/112',
    '169.254.0.0/16',
  ),
  nextHop: fc.constantFrom(
    '192.0.2.1',
    '192.0.2.2',
    '198.51.100.1',
    '127.0.0.1',
    '::ffff:192.0.2.11',
    '0.0.0.0',
    'x',
    '192.0.2.11',
  ),
});

const tenants = [
  ['10.64.0.0/16', 'fd00:64::/48'],
  ['10.65.0.0/16', 'fd00:65::/48'],
  ['10.64.0.0/14'],
  ['0.0.0.0/0', '::/0'],
] as const;

export const randomPlans: fc.Arbitrary<readonly RoutePlan[]> = fc.array(
  fc
    .record({
      uid: fc.uuid(),
      day: fc.integer({ min: 1, max: 3 }),
      podCIDRs: fc.constantFrom(...tenants),
      isHere: fc.boolean(),
      routes: fc.array(
        fc.oneof(
          { weight: 6, arbitrary: route4 },
          { weight: 3, arbitrary: route6 },
          { weight: 1, arbitrary: hostileRoute },
        ),
        { maxLength: 8 },
      ),
    })
    .map(({ uid, day, podCIDRs, isHere, routes }) =>
      plan({
        key: `plans/${uid}`,
        uid,
        createdAt: `2026-01-0${day}T00:00:00Z`,
        podCIDRs,
        nodeSelector: isHere ? { zone: 'a' } : { zone: 'b' },
        routes,
      }),
    ),
  { maxLength: 4 },
);

const ofOthers: fc.Arbitrary<KernelRoute> = fc
  .record({
    at: fc.oneof(
      fc.tuple(destination4, fc.constantFrom('192.0.2.99', '192.0.2.11')),
      fc.tuple(destination6, fc.constantFrom('2001:db8::99')),
    ),
    protocol: fc.constantFrom(3, 4, 17, 80),
    metric: fc.constantFrom(0, 100, 4242),
  })
  .map(({ at: [destination, gateway], protocol, metric }) =>
    entry(destination, gateway, {
      protocol,
      metric: destination.includes(':') && metric === 0 ? 1024 : metric,
    }),
  );

const ofOurs: fc.Arbitrary<KernelRoute> = fc
  .record({ at: fc.oneof(route4, route6), metric: fc.constantFrom(4242, 4242, 4242, 7) })
  .map(({ at: { destination, nextHop }, metric }) => own(destination, nextHop, { metric }));

const guards: fc.Arbitrary<KernelRoute> = fc
  .oneof(route4, route6)
  .map(({ destination }) => guard(destination));

/** A table as a kernel can hold it: of one range and metric only one entry. */
export const randomKernel: fc.Arbitrary<Kernel> = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: ofOthers },
      { weight: 3, arbitrary: ofOurs },
      { weight: 2, arbitrary: guards },
    ),
    {
      maxLength: 12,
    },
  )
  .map((entries) => {
    const seen = new Set<string>();
    return kernel(
      entries.filter(({ range: { text }, metric }) => {
        const isNew = !seen.has(`${text} ${metric}`);
        seen.add(`${text} ${metric}`);
        return isNew;
      }),
    );
  });
