import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../../src/planner/ownership/claims.ts';
import {
  type ProtectedRanges,
  podCIDRConflicts,
  protectedHits,
  type RangeClaims,
  rangeClaimsOf,
  sameHits,
  sameRangeClaims,
} from '../../../src/planner/ownership/pod-cidr-conflicts.ts';
import { overlaps, parseCidr, parseCidrs } from '../../../src/text/ip.ts';
import { randomFrom } from '../../simulation/random.ts';
import { BASE, cluster } from '../../support/worlds.ts';

const SEED = 20261128;
const NOBODY: ProtectedRanges = { privateNodes: [], sharedNodes: [] };

/** Older for a lower `age`. */
const claims = (id: string, age: number, cidrs: readonly string[], sharedNodes = false): RangeClaims => ({
  id,
  createdAt: age,
  sharedNodes,
  podCIDRs: parseCidrs(cidrs),
});

const conflictsOf = (list: readonly RangeClaims[], protection = NOBODY): ReadonlyMap<string, string> =>
  podCIDRConflicts(list, (one) => protectedHits(one, protection));

describe('of overlapping podCIDRs', () => {
  test('the older cluster keeps its own, whatever the order of the list', () => {
    const older = claims('c-9', 1, ['10.0.0.0/16']);
    const younger = claims('c-1', 2, ['10.0.4.0/24']);
    for (const list of [
      [older, younger],
      [younger, older],
    ])
      expect([...conflictsOf(list)]).toEqual([
        ['c-1', 'podCIDR 10.0.4.0/24 overlaps that of the older cluster c-9'],
      ]);
  });

  test('the lower id counts among clusters of one age', () => {
    const twins = [claims('c-2', 1, ['10.0.0.0/16']), claims('c-1', 1, ['10.0.0.0/16'])];
    expect([...conflictsOf(twins).keys()]).toEqual(['c-2']);
  });

  test('two of one cluster are no conflict, and each counts against the next', () => {
    const own = claims('c-1', 1, ['10.0.0.0/16', '10.0.4.0/24', '10.2.0.0/16']);
    const others = [claims('c-2', 2, ['10.0.200.0/24']), claims('c-3', 3, ['10.2.9.0/24'])];
    expect([...conflictsOf([own, ...others]).keys()]).toEqual(['c-2', 'c-3']);
  });

  test('of two of one cluster the wider counts whole, whichever is named first', () => {
    for (const ranges of [
      ['10.0.4.0/24', '10.0.0.0/16'],
      ['10.0.0.0/24', '10.0.9.0/24', '10.0.0.0/16', '10.1.0.0/16'],
      ['10.0.0.0/16', '10.0.4.0/24'],
    ])
      for (const rival of ['10.0.200.0/24', '10.0.0.0/28', '10.0.0.0/8'])
        expect(
          [...conflictsOf([claims('c-1', 1, ranges), claims('c-2', 2, [rival])]).keys()],
          `${ranges} against ${rival}`,
        ).toEqual(['c-2']);
  });

  test('the wider takes the place of those inside it, and no other is lost', () => {
    const own = claims('c-1', 1, [
      '9.0.0.0/24',
      '10.0.4.0/24',
      '11.0.0.0/24',
      '10.0.9.0/24',
      '10.0.0.0/16',
      '8.0.0.0/24',
    ]);
    for (const rival of [
      '8.0.0.0/28',
      '9.0.0.0/28',
      '10.0.4.0/28',
      '10.0.77.0/28',
      '10.0.9.0/28',
      '11.0.0.0/28',
    ])
      expect([...conflictsOf([own, claims('c-2', 2, [rival])]).keys()], rival).toEqual(['c-2']);
  });

  test('one that conflicts keeps nothing from others', () => {
    const list = [
      claims('c-1', 1, ['10.0.0.0/16']),
      claims('c-2', 2, ['10.0.0.0/16', '10.5.0.0/16']),
      claims('c-3', 3, ['10.5.0.0/16']),
    ];
    expect([...conflictsOf(list).keys()]).toEqual(['c-2']);
  });

  test('neighbours and other families are no conflict', () => {
    const list = [
      claims('c-1', 1, ['10.0.1.0/24', 'fd00:1::/64']),
      claims('c-2', 2, ['10.0.0.0/24', 'fd00:0:0:2::/64']),
      claims('c-3', 3, ['10.0.2.0/24', '::a00:0/120']),
    ];
    expect([...conflictsOf(list)]).toEqual([]);
  });

  test('clusters on the Nodes of the host share them', () => {
    const list = [
      claims('c-1', 1, ['10.0.0.0/16'], true),
      claims('c-2', 2, ['10.0.0.0/16'], true),
      claims('c-3', 3, ['10.0.0.0/16']),
      claims('c-4', 4, ['10.0.0.0/16'], true),
    ];
    expect([...conflictsOf(list)]).toEqual([]);
  });

  test('each cluster is judged by what is protected from Nodes like its own', () => {
    const protection = {
      privateNodes: parseCidrs(['10.96.0.0/12']),
      sharedNodes: parseCidrs(['10.200.0.0/16']),
    };
    const list = [
      claims('c-1', 1, ['10.97.0.0/16']),
      claims('c-2', 2, ['10.97.0.0/16'], true),
      claims('c-3', 3, ['10.200.1.0/24'], true),
      claims('c-4', 4, ['10.200.1.0/24']),
    ];
    expect([...conflictsOf(list, protection)]).toEqual([
      ['c-1', 'podCIDR 10.97.0.0/16 overlaps the protected 10.96.0.0/12'],
      ['c-3', 'podCIDR 10.200.1.0/24 overlaps the protected 10.200.0.0/16'],
    ]);
  });

  test('the answer is that of comparing each with every older one', () => {
    const random = randomFrom(SEED);
    for (let round = 0; round < 300; round += 1) {
      const list = Array.from({ length: 8 }, (_, index) => {
        const ranges = Array.from({ length: 1 + random.below(3) }, () => {
          const length = 26 + random.below(7);
          const size = 2 ** (32 - length);
          const last = random.below(256);
          return `10.0.0.${last - (last % size)}/${length}`;
        });
        return claims(`c-${index}`, random.below(4), ranges);
      });
      expect([...conflictsOf(random.shuffle(list)).keys()].sort(), `round ${round}`).toEqual(
        conflictsByComparing(list),
      );
    }
  });
});

/** The same by asking for every pair; ids have one digit. */
function conflictsByComparing(list: readonly RangeClaims[]): readonly string[] {
  const kept: RangeClaims[] = [];
  const refused: string[] = [];
  for (const one of list.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))) {
    const clashes = kept.some(({ podCIDRs }) =>
      podCIDRs.some((range) => one.podCIDRs.some((own) => overlaps(range, own))),
    );
    if (clashes) refused.push(one.id);
    else kept.push(one);
  }
  return refused.sort();
}

test('what is protected from ranges is other data when another range is hit', () => {
  const [one, other] = parseCidrs(['10.0.0.0/16', '10.1.0.0/16']);
  expect(sameHits([one, undefined], [one, undefined])).toBe(true);
  for (const hits of [[], [one], [undefined, one], [other, undefined], [one, other]])
    expect(sameHits([one, undefined], hits)).toBe(false);
});

describe('what a cluster is judged by', () => {
  const entry = cluster(3);

  test('is its age, its ranges and whose Nodes it has', () => {
    const judged = rangeClaimsOf(claimsOf(entry, BASE));
    expect(judged).toEqual({
      id: 'c-3',
      createdAt: Date.parse(entry.createdAt),
      sharedNodes: false,
      podCIDRs: [parseCidr('10.3.0.0/16')],
    });
    const shared = rangeClaimsOf(claimsOf(cluster(3, { topology: 'sharedNodes' }), BASE));
    expect(shared?.sharedNodes).toBe(true);
  });

  test('is nothing without a workload edge, while it is deleted, and when its entry is invalid', () => {
    const { workload: _, ...without } = entry;
    expect(rangeClaimsOf(undefined)).toBeUndefined();
    expect(rangeClaimsOf(claimsOf(without, BASE))).toBeUndefined();
    expect(rangeClaimsOf(claimsOf({ ...entry, deleting: true }, BASE))).toBeUndefined();
    expect(rangeClaimsOf({ ...claimsOf(entry, BASE), valid: false })).toBeUndefined();
  });

  test('is another when one of these is', () => {
    const one = claims('c-1', 1, ['10.0.0.0/16', '10.2.0.0/16']);
    expect(sameRangeClaims(one, claims('c-1', 1, ['10.0.0.0/16', '10.2.0.0/16']))).toBe(true);
    expect(sameRangeClaims(undefined, undefined)).toBe(true);
    for (const other of [
      undefined,
      claims('c-2', 1, ['10.0.0.0/16', '10.2.0.0/16']),
      claims('c-1', 2, ['10.0.0.0/16', '10.2.0.0/16']),
      claims('c-1', 1, ['10.0.0.0/16', '10.2.0.0/16'], true),
      claims('c-1', 1, ['10.0.0.0/16']),
      claims('c-1', 1, []),
    ]) {
      expect(sameRangeClaims(one, other)).toBe(false);
      expect(sameRangeClaims(other, one)).toBe(false);
    }
  });
});
