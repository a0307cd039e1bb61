import { expect, test } from 'vitest';
import { normaliseHostname } from '../../src/text/hostnames.ts';
import { type Random, randomFrom } from '../simulation/random.ts';
import { atLength } from '../support/at-length.ts';

const SEED = 20261127;
const STRINGS = atLength(10_000, 50_000);

/** A part that people add to a name, and the word that the refusal must hold. */
interface Extra {
  readonly wrap: (name: string) => string;
  readonly word: string;
}

// In the order in which they are named: who gives a URL with a path and a port is told that it is a URL.
const EXTRAS: readonly Extra[] = [
  { wrap: (name) => `https://${name}`, word: 'URL' },
  { wrap: (name) => `${name.slice(0, 1)} ${name.slice(1)}`, word: 'white space' },
  { wrap: (name) => `admin@${name}`, word: '@' },
  { wrap: (name) => `${name}/path`, word: 'path' },
  { wrap: (name) => `${name}:443`, word: 'port' },
];

const LABELS = ['app', 'API', 'xn--bcher-kva', 'bücher', 'a-b', '1a', 'kubebyon', 'redirect', 'x'.repeat(63)];

/** A name that a route may carry, as people write it, and its one spelling. */
function goodName(random: Random): { readonly given: string; readonly hostname: string } {
  const labels = Array.from({ length: 1 + random.below(3) }, () => random.pick(LABELS) ?? '');
  const name = [...labels, 'customer', 'test']
    .join('.')
    .slice(-200)
    .replace(/^[.-]+/, '');
  const wildcard = random.chance(0.2) ? '*.' : '';
  const ascii = new URL(`http://${name}`).hostname;
  return { given: `${wildcard}${name}${random.chance(0.3) ? '.' : ''}`, hostname: `${wildcard}${ascii}` };
}

/** A text that is no name whatever stands around it, and the word of the refusal. */
const BAD: readonly (readonly [string, string])[] = [
  ['127.0.0.1', 'IP address'],
  ['10.0.0.0x1', 'IP address'],
  ['[2001:db8::1]', 'IP address'],
  ['2001:db8::1', 'IP address'],
  ['localhost', 'one label'],
  ['a..b', 'empty label'],
  ['.a.b', 'empty label'],
  ['a.b..', 'empty label'],
  ['-a.test', 'begins or ends with a dash'],
  ['a-.test', 'begins or ends with a dash'],
  ['a_b.test', '"_"'],
  ['app.example.123', 'ends in the number "123"'],
  ['256.1.1.1', 'ends in the number "1"'],
  ['a.*.test', 'a * that is not the whole first label'],
  ['*a.test', 'a * that is not the whole first label'],
  ['a.test,b.test', 'several names'],
  ['a.test;b.test', 'several names'],
  [`${'a'.repeat(64)}.test`, 'a label of 64 characters'],
  [`${'a.'.repeat(130)}test`, 'longer than 253'],
];

test.each([
  ['', 'is empty'],
  ['*', 'is a wildcard without a domain'],
  ['*.com', 'is a wildcard over a whole top-level domain'],
  ['*.*.test', 'has a * that is not the whole first label'],
  ['dead:beef', 'has a colon in it, as before a port or after a scheme; give the name alone'],
  ['https:app.test', 'has a colon in it, as before a port or after a scheme; give the name alone'],
  ['app.test:https', 'has a colon in it, as before a port or after a scheme; give the name alone'],
  ['[::1]:443', 'is an IP address'],
  ['fe80::1', 'is an IP address'],
  ['::ffff:10.0.0.1', 'is an IP address'],
  ['app\u0007.customer.test', 'has the character U+0007, which no hostname has'],
  [
    '"app.customer.test"',
    'has the label "\\"app" with "\\""; only letters, digits and dashes may stand in a label',
  ],
  [
    'b\u00fccher_x.test',
    'has the label "xn--bcher_x-n2a" with "_"; only letters, digits and dashes may stand in a label',
  ],
  ['*.customer.test:443', 'has a port; give the name alone'],
  ['//app.test', 'has a path; give the name alone'],
])('%j %s', (given, problem) => {
  expect(normaliseHostname(given)).toEqual({ ok: false, problem });
});

test(`${STRINGS} texts around hostnames are read right or refused for what is wrong (seed ${SEED})`, () => {
  const random = randomFrom(SEED);
  const wrong: string[] = [];
  for (let count = 0; count < STRINGS; count += 1) {
    const extras = random.chance(0.6) ? [] : EXTRAS.filter(() => random.chance(0.3));
    const bad = random.chance(0.2) ? random.pick(BAD) : undefined;
    const good = goodName(random);
    const given = [...extras].reverse().reduce((text, { wrap }) => wrap(text), bad?.[0] ?? good.given);
    const result = normaliseHostname(given);
    const word = extras[0]?.word ?? bad?.[1];
    const right =
      word === undefined
        ? result.ok && result.hostname === good.hostname
        : !result.ok && result.problem.includes(word);
    if (!right && !(bad?.[0].includes('::') && extras[0]?.word === 'port'))
      wrong.push(`${JSON.stringify(given)}: ${JSON.stringify(result)}, expected ${word ?? good.hostname}`);
  }
  expect(wrong.slice(0, 5)).toEqual([]);
});
