import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noAddress, reachabilityOf } from '../../src/controller/control-planes/reachability.ts';
import { LEASE_NAME, METRICS } from '../../src/controller/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

test('docs/operations.md lists every metric with its meaning, and no other', () => {
  const rows = [...page.matchAll(/^\| `(kubebyon_\w+)` \| (.+) \|$/gm)].map(([, name, help]) => ({
    name,
    help,
  }));
  expect(rows).toEqual(Object.values(METRICS));
});

test('docs/operations.md says of every condition what to do, and of no other', () => {
  const sources = ['edge-cluster-status.ts', 'hostname-conditions.ts'].map((file) =>
    readFileSync(join(import.meta.dirname, '../../src/controller/inventory', file), 'utf8'),
  );
  const used = sources.flatMap((text) =>
    [...text.matchAll(/\btype(?: =|:) '([A-Z]\w+)'/g)].map(([, type = '']) => type),
  );
  const section = page.slice(page.indexOf('## Conditions'), page.indexOf('## Upgrade'));
  const rows = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, type = '']) => type);
  expect(used).toContain('ControlPlaneReachable');
  expect(rows.toSorted()).toEqual([...new Set(used)].toSorted());
});

test('docs/operations.md says what to do about every reason of a control plane that does not answer', () => {
  const codes = ['ERR_TLS_CERT_ALTNAME_INVALID', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'SELF_SIGNED'];
  const target = { hostname: 'a.test', address: '203.0.113.9', port: 443 };
  const reasons = codes.map((code) => reachabilityOf(target, code).reason);
  for (const reason of [...reasons, noAddress('a.test').reason]) expect(page).toContain(`\`${reason}\``);
});

test('docs/operations.md names the Lease', () => {
  expect(page).toContain(`\`${LEASE_NAME}\``);
});
