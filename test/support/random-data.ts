/** A seeded source of numbers: the same seed gives the same documents on every machine. */
export interface Random {
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32, a small generator of good quality. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  };
  return { below, pick };
}

/** Strings that some YAML reader takes for something else, or that break out of a careless writer. */
export const HOSTILE_STRINGS: readonly string[] = [
  ...'y Y yes Yes YES n N no NO on On ON off OFF true True TRUE false FALSE null Null NULL ~ nil None'.split(
    ' ',
  ),
  ...'0 1 -1 +1 -0 007 010 08 0o17 0O17 -0o7 0b11 -0b1 0B1 0x1f 0X1F -0x1 1_000 1__0 _1 1_ 0_8 0x_1'.split(
    ' ',
  ),
  ...'1.0 .5 -.5 5. . .. ... -. +. .e5 ._5 ._ .1_ 1e3 1E3 1e+3 1.e3 e3 E5 e-3 1e400 -1e400 1e 1.2.3 0x1p4'.split(
    ' ',
  ),
  ...'.inf .Inf -.INF +.inf .nan .NaN inf NaN Infinity 12:30:45 1:30 190:20:30.5 0:0 2026-01-01'.split(' '),
  ...'2001-12-14T21:59:43Z 2001-1-2 20011214 0x10000000000000000 9007199254740993 18446744073709551616'.split(
    ' ',
  ),
  ...'= << <<a - -- --- --flag -a --- ? ?a : :: :a a: a:b # #a a#b & &a * *a ! !a !!str | > % %a @ @a ` `a'.split(
    ' ',
  ),
  ..."[ ] [] { } {} {{ }} , ' \" \\ a\" 'a it's a] a} <a> a&b $HOME $(POD_IP) C:\\x /a/b http://x:80/y?z=1#f".split(
    ' ',
  ),
  ...'100m 64Mi 5s 250ms 1Gi 1E 10.0.0.1 10.0.0.0/8 ::1 fe80::1 v1 apps/v1 app.kubernetes.io/name None'.split(
    ' ',
  ),
  '',
  ' ',
  '  ',
  ' a',
  'a ',
  'a  b',
  'a b',
  'a #b',
  'a: b',
  'a\tb',
  '\t',
  '\ta',
  'a\t',
  '{{ x }}',
  '{{- include "x" . | nindent 4 }}',
  'a {{ b }} c',
  '- a',
  '? a',
  '--- a',
  '---\na: 1',
  '...\nb',
  '%YAML 1.1',
  'a, b',
  '!!binary aGk=',
  '\n',
  '\n\n',
  'a\n',
  'a\n\n',
  '\na',
  'a\nb',
  'a\nb\n',
  'a\n\nb',
  'a\n b\n  c\n',
  ' a\nb',
  'a \nb',
  'a\n \nb',
  'a\n\tb',
  'a\n\t\nb',
  '\ta\nb',
  'a\r\nb',
  'a\rb',
  '#!/bin/sh\nset -e\n',
  'key: value\nother: "x"\n',
  '---\n---\n',
  'a\n---\nb\n',
  '| \n',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  '\0',
  'a\0b',
  '\x01\x1b\x7f',
  '\u0080\u0085\u009f',
  'a\u0085b',
  'a\u2028b\u2029c',
  '\u00a0',
  '\ufeff',
  'a\ufeffb',
  '\u200b\u200e\u202e\u2066',
  '\ufffe\uffff',
  'é e\u0301 ß 中文 日本語',
  '😀 👩‍💻 🇨🇳',
  '\u{10ffff}',
  '\\u0041 \\n \\x41 \\/ \\"',
  '"quoted"',
  "'quoted'",
  'toString',
  'hasOwnProperty',
  'valueOf',
  'x'.repeat(900),
  'word '.repeat(300),
  `${'long line '.repeat(50)}\n${'another '.repeat(50)}`,
];

const PIECES = [...' \t\n:#-?,[]{}&*!|>\'"%@`~=<>.+_0123456789abeEinfxyoXN\\/é中😀\u0085\u2028\ufeff\0\r'];

/** A hostile string, a word, or a random mix of characters that mean something to YAML. */
export function randomString(random: Random): string {
  if (random.below(2) === 0) return random.pick(HOSTILE_STRINGS);
  if (random.below(4) === 0) return random.pick(HOSTILE_STRINGS) + random.pick(HOSTILE_STRINGS);
  return Array.from({ length: random.below(8) }, () => random.pick(PIECES)).join('');
}

const NUMBERS: readonly number[] = [
  ...[
    0,
    -0,
    1,
    -1,
    80,
    443,
    65535,
    1e6,
    123456789,
    2 ** 31,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
    0.1,
    -0.5,
    1.5,
    1 / 3,
  ],
  ...[1e-7, 5e-324, 1e21 + 0.5, 1.7976931348623157e308, -2.5e-10, 1.2345678901234567, 100.25, 1e-5],
];

/** JSON-like data with hostile strings as keys and values, up to `depth` levels of maps and lists. */
export function randomData(random: Random, depth: number): unknown {
  const kind = random.below(depth === 0 ? 6 : 10);
  if (kind < 4) return randomString(random);
  if (kind === 4) return random.pick(NUMBERS);
  if (kind === 5) return random.pick([true, false, null]);
  if (kind < 8) return randomMap(random, depth);
  return Array.from({ length: random.below(4) }, () => randomData(random, depth - 1));
}

/** A map of random data. Its keys are never those that the reader refuses. */
export function randomMap(random: Random, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (let entries = random.below(5); entries > 0; entries--) {
    map[randomString(random).slice(0, 120)] = randomData(random, depth - 1);
  }
  return map;
}
