import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSamePlan, maskWorld, planned } from '../../../src/operator/bundle/index.ts';
import { maskedWords } from '../../../src/operator/bundle/masked-words.ts';
import { checkWorld, parseRuntimeConfig } from '../../../src/planner/index.ts';
import { compareBytes } from '../../../src/text/byte-order.ts';
import { randomFrom } from '../../simulation/random.ts';
import { worldCases, worldDocument } from '../../support/world-cases.ts';

const read = worldCases().flatMap((name) => {
  const document = worldDocument(name);
  const checked = checkWorld(document);
  const config = parseRuntimeConfig(Object(document).env);
  return checked.ok && config.ok ? [{ name, world: checked.world, config: config.config }] : [];
});

const SEEDS = [1, 2, 3];

/** What is confirmed is so by a hash of names, and is not confirmed any more: `bundle --mask` refuses that. */
const CONFIRMED = 'acknowledged-withdrawal';

test.each(read.filter(({ name }) => name !== CONFIRMED))(
  'the plan of $name is masked as its World is',
  ({ world, config }) => {
    for (const seed of SEEDS) {
      const masked = maskWorld(world, randomFrom(seed).next);
      expect(checkWorld(JSON.parse(JSON.stringify(masked.world)))).toMatchObject({ ok: true });
      expect(planned(masked.world, config)).toEqual(masked.rename(planned(world, config)));
    }
  },
);

test('a World whose plan would be another one is known', () => {
  const found = read.find(({ name }) => name === CONFIRMED);
  expect(found).toBeDefined();
  if (found === undefined) return;
  const masked = maskWorld(found.world, randomFrom(1).next);
  expect(isSamePlan(found.world, masked, found.config)).toBe(false);
});

test('no name of a tenant is left, and what is the platform’s stays', () => {
  const { world } = read.find(({ name }) => name === 'all-settled') ?? {};
  expect(world).toBeDefined();
  if (world === undefined) return;
  const text = JSON.stringify(maskWorld(world, randomFrom(1).next).world);
  for (const name of ['customer', 'vc-1', '"c-1"']) expect(text).not.toContain(name);
  for (const name of ['edge.example.com', 'kubebyon-system']) expect(text).toContain(name);
});

test('other words keep the order and the length of words, also with a dot or a dash behind them', () => {
  const words = fc.uniqueArray(fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?$/), { maxLength: 20 });
  fc.assert(
    fc.property(words, fc.nat(), (all, seed) => {
      const kept = all.filter((_, index) => index % 5 === 0);
      const masked = maskedWords(all, kept, randomFrom(seed).next);
      for (const word of kept) expect(masked.get(word)).toBe(word);
      for (const behind of ['', '.test', '-']) {
        const before = all.map((word) => `${word}${behind}`).toSorted(compareBytes);
        const after = all.map((word) => `${masked.get(word)}${behind}`).toSorted(compareBytes);
        const inOrder = before.map((word) => {
          const bare = word.slice(0, word.length - behind.length);
          return `${masked.get(bare)}${behind}`;
        });
        expect(after).toEqual(inOrder);
        expect(after.map(({ length }) => length)).toEqual(before.map(({ length }) => length));
      }
    }),
    { seed: 287_117_700, numRuns: 500 },
  );
});
