import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../../src/planner/ownership/claims.ts';
import type { EdgeClusterInput, HostnameBinding } from '../../../src/planner/world/world.ts';
import { BASE, binding, cluster, targetOf } from '../../support/worlds.ts';

const read = (changes: Partial<EdgeClusterInput>) => claimsOf({ ...cluster(1), ...changes }, BASE);
const bindings = (hostnames: readonly HostnameBinding[]) =>
  read({ hostnames }).bindings.map(({ hostname, management }) => [hostname, management]);
const messages = (changes: Partial<EdgeClusterInput>) =>
  read(changes).findings.map(({ code, message, hostname }) => [code, message, hostname]);

describe('an entry of the inventory', () => {
  test('that is in order is read as it stands, in one spelling', () => {
    const claims = read({ hostnames: [binding('App.Customer.TEST.')] });
    expect(claims).toMatchObject({
      valid: true,
      createdAt: Date.parse('2026-01-01T00:01:00Z'),
      baseDomain: BASE,
      controlPlaneHostname: 'c1.cp.example.com',
      findings: [],
      invalid: [],
    });
    expect(claims.bindings.map(({ hostname }) => hostname)).toEqual(['app.customer.test']);
    expect(claims.workload?.target).toBe(targetOf(1));
    expect(claims.workload?.podCIDRs.map(({ text }) => text)).toEqual(['10.1.0.0/16']);
    expect(claims.workload?.nodeCIDRs.map(({ text }) => text)).toEqual(['192.168.1.0/24']);
  });

  test('without parts claims none of them', () => {
    const { controlPlane: _, workload: __, ...rest } = cluster(1);
    const claims = claimsOf(rest, undefined);
    expect(claims.valid).toBe(true);
    for (const part of ['controlPlaneHostname', 'workload', 'baseDomain'])
      expect(claims).not.toHaveProperty(part);
  });

  test('with an unreadable age counts as of 1970, the oldest', () => {
    expect(read({ createdAt: 'soon' }).createdAt).toBe(0);
    expect(read({ hostnames: [binding('a.test', { createdAt: 'soon' })] }).bindings[0]?.createdAt).toBe(0);
  });

  test.each<[string, Partial<EdgeClusterInput>, string]>([
    ['an id that is no label value', { id: '-x' }, 'id "-x" cannot be a label value'],
    ['an id of 64 characters', { id: 'x'.repeat(64) }, `id "${'x'.repeat(64)}" cannot be a label value`],
    ['a namespace that is none', { namespace: 'A' }, 'namespace "A" is not a namespace name'],
    [
      'a namespace of 64 characters',
      { namespace: 'x'.repeat(64) },
      `namespace "${'x'.repeat(64)}" is not a namespace name`,
    ],
  ])('with %s claims nothing at all', (_, changes, message) => {
    const claims = read({ ...changes, hostnames: [binding('app.customer.test')] });
    expect(claims).toMatchObject({ valid: false, bindings: [], invalid: [] });
    expect(claims.findings.map((one) => [one.code, one.message])).toEqual([['ClusterInvalid', message]]);
  });

  test('with a Service that is none claims nothing at all', () => {
    const { controlPlane } = cluster(1);
    if (controlPlane === undefined) throw new Error('no control plane');
    const changes = { controlPlane: { ...controlPlane, service: { name: 'a.b', port: 443 } } };
    expect(messages(changes)).toEqual([['ClusterInvalid', 'service "a.b" is not a Service name', undefined]]);
  });

  test('with the longest names there are is in order', () => {
    expect(read({ id: 'x'.repeat(63), namespace: 'y'.repeat(63) }).valid).toBe(true);
    expect(read({ id: 'A_b.c', namespace: '0' }).valid).toBe(true);
  });

  test('shows at most 80 characters of what is wrong', () => {
    const [found] = read({ id: '-'.repeat(500) }).findings;
    expect(found?.message).toBe(`id "${'-'.repeat(80)}" cannot be a label value`);
    const [space] = read({ namespace: '-'.repeat(500) }).findings;
    expect(space?.message).toBe(`namespace "${'-'.repeat(80)}" is not a namespace name`);
    const { controlPlane } = cluster(1);
    if (controlPlane === undefined) throw new Error('no control plane');
    const [service] = read({
      controlPlane: { ...controlPlane, service: { name: '-'.repeat(500), port: 443 } },
    }).findings;
    expect(service?.message).toBe(`service "${'-'.repeat(80)}" is not a Service name`);
    const [range] = read({ workload: { ...workload(), podCIDRs: ['x'.repeat(500)] } }).findings;
    expect(range?.message).toBe(`podCIDR "${'x'.repeat(80)}" is not a CIDR`);
    const [name] = read({ hostnames: [binding(`${'x'.repeat(500)}.test`)] }).findings;
    expect(name?.hostname).toBe('x'.repeat(80));
  });
});

function workload() {
  const found = cluster(1).workload;
  if (found === undefined) throw new Error('no workload edge');
  return found;
}

describe('a name that is not valid', () => {
  test('is told and kept out, and the others are read', () => {
    const changes = { hostnames: [binding('a..b'), binding('app.customer.test')] };
    const claims = read(changes);
    expect(claims.invalid).toEqual(['a..b']);
    expect(claims.bindings.map(({ hostname }) => hostname)).toEqual(['app.customer.test']);
    expect(claims.findings.map(({ code, hostname }) => [code, hostname])).toEqual([
      ['HostnameInvalid', 'a..b'],
    ]);
  });

  test('may be a wildcard that is bound, and nothing else', () => {
    const { controlPlane } = cluster(1);
    if (controlPlane === undefined) throw new Error('no control plane');
    const claims = read({
      controlPlane: { ...controlPlane, hostname: '*.kube.test' },
      workload: { ...workload(), cnameTarget: '*.target.test' },
      hostnames: [binding('*.customer.test')],
    });
    expect(claims.bindings.map(({ hostname }) => hostname)).toEqual(['*.customer.test']);
    expect(claims.invalid).toEqual(['*.kube.test', '*.target.test']);
    expect(claims.findings.map(({ message }) => message)).toEqual([
      'control-plane hostname "*.kube.test" is a wildcard',
      'CNAME target "*.target.test" is a wildcard',
    ]);
    expect(claims).not.toHaveProperty('controlPlaneHostname');
    expect(claims.workload).not.toHaveProperty('target');
  });

  test('may be a CIDR, of which the others count', () => {
    const changes = {
      workload: { ...workload(), podCIDRs: ['10.0.0.1/8', '10.1.0.0/16'], nodeCIDRs: ['x'] },
    };
    expect(messages(changes)).toEqual([
      ['CIDRInvalid', 'podCIDR "10.0.0.1/8" is not a CIDR', undefined],
      ['CIDRInvalid', 'nodeCIDR "x" is not a CIDR', undefined],
    ]);
    expect(read(changes).workload?.podCIDRs.map(({ text }) => text)).toEqual(['10.1.0.0/16']);
  });
});

describe('a binding', () => {
  test('is of the platform at the base domain and below it, by whole labels', () => {
    expect(
      bindings([binding(BASE), binding(`a.${BASE}`), binding(`x${BASE}`), binding('example.com')]),
    ).toEqual([
      [`a.${BASE}`, 'platform'],
      [BASE, 'platform'],
      ['example.com', 'self'],
      [`x${BASE}`, 'self'],
    ]);
    const without = claimsOf(cluster(1, { hostnames: [`a.${BASE}`] }), undefined);
    expect(without.bindings.map(({ management }) => management)).toEqual(['self']);
  });

  test('that says it is of the other kind is told so', () => {
    const hostnames = [
      binding('self.test', { management: 'platform' }),
      binding(`a.${BASE}`, { management: 'self' }),
      binding('right.test', { management: 'self' }),
      binding('auto.test', { management: 'auto' }),
    ];
    expect(messages({ hostnames })).toEqual([
      ['ManagementContradiction', 'bound as platform, treated as self', 'self.test'],
      ['ManagementContradiction', 'bound as self, treated as platform', `a.${BASE}`],
    ]);
  });

  test('that is there twice counts as the older, in whatever order they stand', () => {
    const older = binding('app.customer.test', { createdAt: '2026-01-01T00:00:00Z', proof: 'older' });
    const younger = binding('APP.customer.test', { createdAt: '2026-03-01T00:00:00Z', proof: 'younger' });
    const twin = binding('app.customer.test', { createdAt: '2026-01-01T00:00:00Z', proof: 'zwin' });
    for (const hostnames of [
      [older, younger],
      [younger, older],
      [older, twin],
      [twin, older],
    ])
      expect(read({ hostnames }).bindings.map(({ input }) => input.proof)).toEqual(['older']);
  });
});
