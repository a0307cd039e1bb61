import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backendFromAnnotations, nextBackendMode } from '../../src/planner/backend/backend-mode.ts';
import type { Reachability } from '../../src/planner/backend/reachability.ts';
import { clockAt, formatTime } from '../../src/planner/world/clock.ts';
import { at, get, listOf, textsOf } from '../../src/planner/world/json.ts';
import type { BackendMemory } from '../../src/planner/world/memory.ts';
import { contains, overlaps, parseCidr, parseIp } from '../../src/text/ip.ts';
import { atLength } from '../support/at-length.ts';
import { platform } from '../support/platform.ts';
import { cluster, gatewayConfig, httpOnly, tenant } from '../support/worlds.ts';

const START = Date.parse('2026-11-23T10:00:00Z');
const fresh: BackendMemory = { mode: 'nodeport', since: formatTime(START), good: 0, bad: 0, flips: [] };
const both = { podip: true, nodeport: true };

/** Rounds of 10 seconds; gives the modes in order and the end. */
function rounds(
  states: readonly Reachability[],
  from = fresh,
): { readonly flips: number; readonly end: BackendMemory } {
  let memory = from;
  let flips = 0;
  for (const [index, state] of states.entries()) {
    const now = START + (index + 1) * 10_000;
    const before = memory.mode;
    memory = nextBackendMode(
      memory,
      { state, reason: '', ...(state === 'unknown' ? {} : { round: formatTime(now) }) },
      both,
      clockAt(now),
    );
    if (memory.mode !== before) flips += 1;
  }
  return { flips, end: memory };
}

describe('the choice between PodIP and NodePort', () => {
  test('goes to PodIP after a minute of good rounds and stays there', () => {
    const { flips, end } = rounds(Array<Reachability>(360).fill('good'));
    expect([flips, end.mode]).toEqual([1, 'podip']);
  });

  test('T2.5 never goes to PodIP while probes flap for an hour', () => {
    const flapping = Array.from(
      { length: 360 },
      (_, index): Reachability => (index % 2 === 0 ? 'good' : 'bad'),
    );
    expect(rounds(flapping).flips).toBe(0);
  });

  test('T2.5 goes on after a restart with what the Service carries', () => {
    const { end } = rounds(Array<Reachability>(20).fill('good'));
    const restored = backendFromAnnotations(end.mode, end.since, end.flips.join(','));
    expect(restored).toMatchObject({ mode: 'podip', since: end.since, flips: end.flips });
    expect(backendFromAnnotations('garbage', end.since, '')).toBeUndefined();
    expect(backendFromAnnotations('podip', 'soon', '')).toBeUndefined();
  });

  test('falls back after three bad rounds, at once without a route, and never for a refused connection', () => {
    const direct: BackendMemory = { ...fresh, mode: 'podip' };
    expect(rounds(['bad', 'bad'], direct).end.mode).toBe('podip');
    expect(rounds(['bad', 'bad', 'bad'], direct).end.mode).toBe('nodeport');
    expect(rounds(['unroutable'], direct).end.mode).toBe('nodeport');
    expect(rounds(Array<Reachability>(50).fill('refused'), direct).end.mode).toBe('podip');
  });

  test('T2.6 unknown for a while is no reason to change', () => {
    const direct: BackendMemory = { ...fresh, mode: 'podip' };
    expect(rounds(['good', 'unknown', 'unknown', 'good', 'unknown', 'good'], direct).flips).toBe(0);
  });

  test('changes at most six times in six hours, however the probes fall', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer(), (likely, seed) => {
        let state = seed >>> 0;
        const states = Array.from({ length: 2160 }, (): Reachability => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return (state >>> 8) % 10 < likely ? 'good' : 'bad';
        });
        expect(rounds(states).flips).toBeLessThanOrEqual(12);
      }),
      { numRuns: 40 },
    );
  });
});

describe('addresses and CIDRs', () => {
  test.each([
    '1.2.3',
    '01.2.3.4',
    '1.2.3.4.5',
    '256.1.1.1',
    '::ffff:10.1.1.5',
    '::ffff:a01:105',
    ':::',
    '1:2:3:4:5:6:7:8:9',
    'fe80::1%eth0',
    '',
    '1.2.3.4/24',
    '0x7f.0.0.1',
  ])('%j is no address', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  test.each(['10.0.0.0/33', '10.0.0.1/8', '10.0.0.0', 'x/8', '::/129', '10.0.0.0/-1', '10.0.0.0/08'])(
    '%j is no CIDR',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  test('T3.3 overlap is symmetric, and the same as asking for every address', () => {
    const cidr = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
      .map(([last, length]) => {
        const size = 2 ** (32 - length);
        return parseCidr(`10.0.0.${last - (last % size)}/${length}`);
      });
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        if (a === undefined || b === undefined) throw new Error('not a CIDR');
        const shared = Array.from({ length: 256 }, (_, last) => parseIp(`10.0.0.${last}`)).some(
          (ip) => ip !== undefined && contains(a, ip) && contains(b, ip),
        );
        expect(overlaps(a, b)).toBe(shared);
        expect(overlaps(b, a)).toBe(shared);
      }),
    );
  });

  test('a /8 costs no more than a /32', () => {
    const wide = parseCidr('10.0.0.0/8');
    const ip = parseIp('10.255.255.255');
    expect(wide !== undefined && ip !== undefined && contains(wide, ip)).toBe(true);
  });
});

test('T3.4 the older of two overlapping tenants wins, and its deletion frees the younger', () => {
  const overlapping = (index: number) => {
    const one = cluster(index);
    return { ...one, workload: { ...one.workload, podCIDRs: ['10.244.0.0/16'] } } as typeof one;
  };
  const running = platform(gatewayConfig(httpOnly()), [overlapping(1), overlapping(2)]);
  const nodes = (index: number) => ({
    ...tenant(index),
    nodes: tenant(index).nodes?.map((node, at) => ({ ...node, podCIDRs: [`10.244.${at}.0/24`] })) ?? [],
  });
  running.changes = { tenants: { 'c-1': nodes(1), 'c-2': nodes(2) } };
  const { findings } = running.settle();
  expect(findings.filter(({ code }) => code === 'PodCIDRConflict').map(({ cluster: id }) => id)).toEqual([
    'c-2',
  ]);
  const plans = () =>
    running.server
      .list()
      .filter(({ kind }) => kind === 'RoutePlan')
      .map(({ metadata }) => metadata.labels?.['kubebyon.app/cluster-id']);
  expect(plans()).toEqual(['c-1']);
  running.clusters = [overlapping(2)];
  running.settle();
  expect(plans()).toEqual(['c-2']);
});

const STEPS = atLength(250, 1_000);

test(`${STEPS} steps of Pod churn leave exactly the Pods that are there`, { timeout: 60_000 }, () => {
  const running = platform(gatewayConfig(httpOnly({ backendStrategy: 'podip' })), [cluster(1)]);
  for (let step = 0; step < STEPS; step += 1) {
    const pods =
      tenant(1).pods?.map((pod, at) => ({
        ...pod,
        podIPs: [`10.1.${at + 1}.${5 + ((step * (at + 3)) % 200)}`],
        ready: (step + at) % 7 !== 0,
      })) ?? [];
    running.changes = { tenants: { 'c-1': { ...tenant(1), pods } } };
    running.step(1);
    const slice = running.server.list().find(({ kind }) => kind === 'EndpointSlice');
    const addresses = listOf(at(slice, 'endpoints')).flatMap((one) => textsOf(get(one, 'addresses')));
    const wanted = pods.filter(({ ready }) => ready).flatMap(({ podIPs }) => podIPs);
    if (wanted.length > 0 && JSON.stringify([...addresses].sort()) !== JSON.stringify([...wanted].sort()))
      expect(addresses, `step ${step}`).toEqual(wanted);
  }
});
