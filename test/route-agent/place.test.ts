import { expect, test } from 'vitest';
import { capabilityIn } from '../../src/route-agent/agent/place.ts';
import { parseAgentEnvironment } from '../../src/route-agent/index.ts';

const status = (effective: string): string =>
  `Name:\tnode\nCapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\nCapEff:\t${effective}\nCapBnd:\t000001ffffffffff\n`;

test.each([
  ['000001ffffffffff', true],
  ['0000000000001000', true],
  ['000001ffffffefff', false],
  ['0000000000000000', false],
])(
  'of a process with the effective capabilities %s it is known whether it may change routes: %s',
  (mask, may) => {
    expect(capabilityIn(status(mask)).ok).toBe(may);
  },
);

test('a process of which nothing is known may not', () => {
  expect(capabilityIn('')).toMatchObject({
    ok: false,
    failure: { hint: expect.stringContaining('NET_ADMIN') },
  });
});

test.each([42, 99, 186, 187, 188, 189, 192, 19, 253])(
  'protocol %i is refused by its variable',
  (protocol) => {
    const parsed = parseAgentEnvironment({ KUBEBYON_EDGE_ROUTE_PROTOCOL: String(protocol) });
    const names = parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
    expect(names).toContain('KUBEBYON_EDGE_ROUTE_PROTOCOL');
  },
);

test('protocol 157 is not', () => {
  const parsed = parseAgentEnvironment({ KUBEBYON_EDGE_ROUTE_PROTOCOL: '157' });
  const names = parsed.ok ? [] : parsed.problems.map(({ variable }) => variable);
  expect(names).not.toContain('KUBEBYON_EDGE_ROUTE_PROTOCOL');
});
