import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLATFORM_NAME } from '../../tools/lab/chart.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import { inParallel } from '../conformance/support/parallel.ts';
import { seed } from '../conformance/support/seed.ts';
import { BASE } from '../support/worlds.ts';
import { ask, type Got, type Question } from './ask.ts';
import { type Behaviour, ENVOY_GATEWAY_BEHAVIOUR } from './behaviour.ts';
import type { Entries } from './modes.ts';
import { ofCustomer, workloadNames } from './names.ts';
import type { Stage } from './stage.ts';

const COUNT = 1_000;

/** How many requests are under way at a time. */
const AT_ONCE = 8;

/** A name, written as somebody might, at one of the entries. */
interface Pair {
  readonly entry: keyof Entries;
  readonly scheme: 'http' | 'https';
  readonly sni: string;
  readonly host: string;
  readonly isUpper: boolean;
}

/**
 * Random names and entries, of which SNI and Host agree in half of all cases: nobody is answered by a tenant that the names do
 * not belong to.
 */
export function describeIsolation(stage: () => Stage, behaviour: Behaviour = ENVOY_GATEWAY_BEHAVIOUR): void {
  describe('isolation', () => {
    test(`${COUNT} random pairs of names get the cluster that they belong to, or nobody (seed ${seed})`, async () => {
      const { clusters, entries } = stage();
      const addresses = await entries();
      const pairs = fc.sample(pairOf(clusters), { numRuns: COUNT, seed });
      const wrong = await inParallel(
        pairs,
        async (pair) => {
          const question = questionOf(pair, addresses);
          const found = whoAnswered(await ask(question));
          const expected = expectedOf(pair, clusters, behaviour);
          return found === expected ? [] : [`${JSON.stringify(pair)}: expected ${expected}, found ${found}`];
        },
        AT_ONCE,
      );
      expect(wrong.flat()).toEqual([]);
      // So many must have been answered that the test is worth something.
      const answered = pairs.filter((pair) => expectedOf(pair, clusters, behaviour).startsWith('c-'));
      expect(answered.length).toBeGreaterThan(COUNT / 8);
    });
  });
}

function pairOf(clusters: readonly number[]): fc.Arbitrary<Pair> {
  const known = clusters.flatMap((index) => [
    controlPlaneName(index),
    ...workloadNames(index).map(([name]) => name),
  ]);
  const unknown = [
    `nobody.${BASE}`,
    `a.b.${BASE}`,
    BASE,
    'nobody.test',
    'customer1.test',
    'c999.cp.example.com',
  ];
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...unknown, PLATFORM_NAME) },
  );
  return fc
    .record({
      entry: fc.constantFrom('control-plane', 'platform', 'workload', 'workload'),
      scheme: fc.constantFrom('http', 'https', 'https', 'https'),
      sni: fc.oneof({ weight: 30, arbitrary: name }, { weight: 1, arbitrary: fc.constant('') }),
      other: name,
      agrees: fc.boolean(),
      isUpper: fc.boolean(),
    })
    .map(({ agrees, other, sni, ...rest }) => ({ ...rest, sni, host: agrees && sni !== '' ? sni : other }));
}

function questionOf({ entry, scheme, sni, host, isUpper }: Pair, addresses: Entries): Question {
  return { scheme, address: addresses[entry], sni, host: isUpper ? host.toUpperCase() : host };
}

/** `c-1`, `kubebyon-web`, a status, or `none`. */
function whoAnswered({ status, answer }: Got): string {
  if (status === 0) return 'none';
  return answer?.who ?? String(status);
}

/** Who must answer, by the rules of the entries (runbook 5.2 to 5.4) and the names of the clusters alone. */
function expectedOf(
  { entry, scheme, sni, host }: Pair,
  clusters: readonly number[],
  behaviour: Behaviour,
): string {
  switch (entry) {
    case 'control-plane': {
      const index = clusters.find((one) => controlPlaneName(one) === sni);
      return scheme === 'http' || index === undefined ? 'none' : `c-${index}`;
    }
    case 'platform':
      if (scheme === 'http') return host === PLATFORM_NAME ? '302' : '404';
      if (sni !== PLATFORM_NAME) return 'none';
      return host === PLATFORM_NAME ? 'kubebyon-web' : behaviour.otherListener;
    case 'workload': {
      const owner = ownerOf(host, clusters);
      if (scheme === 'http' && !behaviour.httpBesideHttps) return 'none';
      if (scheme === 'http') return owner === undefined ? '404' : '302';
      // The listener is chosen by SNI: one for each name of a customer, and one for all below the base domain.
      const listener = listenerOf(sni, clusters);
      if (listener === undefined) return 'none';
      if (ownerOf(sni, clusters) === undefined && behaviour.nameWithoutRoute === 'none') return 'none';
      if (sni !== host && behaviour.otherName === '421') return '421';
      if (owner === undefined || listenerOf(host, clusters) !== listener) return behaviour.otherListener;
      return `c-${owner}`;
    }
  }
}

/** The cluster that a name belongs to. */
function ownerOf(host: string, clusters: readonly number[]): number | undefined {
  return clusters.find((one) => workloadNames(one).some(([name]) => name === host));
}

function listenerOf(name: string, clusters: readonly number[]): string | undefined {
  if (name.endsWith(`.${BASE}`)) return BASE;
  return clusters.map(ofCustomer).find((one) => one === name);
}
