import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LEASE_NAME, METRICS } from '../../src/controller/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

test('docs/operations.md lists every metric with its meaning, and no other', () => {
  const rows = [...page.matchAll(/^\| `(kubebyon_\w+)` \| (.+) \|$/gm)].map(([, name, help]) => ({
    name,
    help,
  }));
  expect(rows).toEqual(Object.values(METRICS));
});

test('docs/operations.md names the Lease', () => {
  expect(page).toContain(`\`${LEASE_NAME}\``);
});
