import { readFileSync } from 'node:fs';

import type { Reading } from './helm-reading.ts';

/** An input and what every supported Helm was observed to read from it. */
export interface ObservedCase {
  /** Kind of input: `bool`, `int`, `float`, `tag`, `quoted`, `block`, `key` and so on. */
  readonly group: string;
  /** The values file; bytes, because some are not UTF-8. */
  readonly file: Buffer;
  readonly helm: Reading;
}

interface Entry {
  readonly group: string;
  readonly input?: string;
  /** Hexadecimal, for inputs that are not UTF-8. */
  readonly bytes?: string;
  readonly values?: unknown;
}

/** The 564 inputs of `fixtures/observed.json`: text after `v: `, or, in the group `key`, a key of a map below `v:`. */
export function observedCases(): readonly ObservedCase[] {
  const entries = JSON.parse(readFileSync(new URL('fixtures/observed.json', import.meta.url), 'utf8'));
  // Our own fixture, whose length the tests check.
  return (entries as readonly Entry[]).map(({ group, input = '', bytes, values }) => {
    const text = bytes === undefined ? Buffer.from(input) : Buffer.from(bytes, 'hex');
    const [before, after] = group === 'key' ? ['v:\n  ', ': 1\n'] : ['v: ', '\n'];
    const file = Buffer.concat([Buffer.from(before), text, Buffer.from(after)]);
    return { group, file, helm: values === undefined ? { ok: false } : { ok: true, values } };
  });
}
