import { describe, expect, test } from 'vitest';
import type { WorkloadTlsConfig } from '../../../src/contract/runtime-config.ts';
import { edgeName, hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import { planHostnames } from '../../../src/planner/https/edge-hostnames.ts';
import { formatTime, MINUTE, SECOND } from '../../../src/planner/world/clock.ts';
import type { DnsMemory } from '../../../src/planner/world/memory.ts';
import { observeShards } from '../../../src/planner/world/route-shards.ts';
import type { DnsAnswer, HostnameBinding, KubeObject, World } from '../../../src/planner/world/world.ts';
import { contextsOf } from '../../support/contexts.ts';
import { edgeCertificate, edgeRoute, tlsSecret, worldWith } from '../../support/edge-objects.ts';
import {
  BASE,
  binding,
  chartListener,
  cluster,
  cname,
  gatewayConfig,
  NOW,
  targetOf,
  tlsConfig,
  workloadConfig,
  workloadGateway,
} from '../../support/worlds.ts';

const now = Date.parse(NOW);
const TLS = 'kubebyon-workload-tls';
const SELF = 'app.customer.test';
const OWN = hostnameObjectName(SELF);
const PLATFORM = `app.${BASE}`;

interface Situation {
  readonly hostnames?: readonly (string | HostnameBinding)[];
  readonly objects?: readonly KubeObject[];
  readonly dns?: Record<string, readonly DnsAnswer[]>;
  readonly memory?: Readonly<Record<string, Partial<DnsMemory>>>;
  readonly tls?: Partial<WorkloadTlsConfig>;
  readonly target?: string;
  readonly baseDomain?: boolean;
}

const REACHED = { [SELF]: cname([targetOf(1)]), [PLATFORM]: cname([targetOf(1)]) };
const withTxt = (answers: readonly DnsAnswer[], txt: string, changes: Partial<DnsAnswer> = {}) =>
  answers.map((one) => ({ ...one, txt: [txt], ...changes }));

function planned({
  hostnames = [SELF, PLATFORM],
  objects = [],
  dns = REACHED,
  memory = {},
  tls = {},
  target = targetOf(1),
  baseDomain = true,
}: Situation) {
  const { workload, ...rest } = cluster(1, { hostnames });
  if (workload === undefined) throw new Error('no workload edge');
  const entry = { ...rest, workload: { ...workload, cnameTarget: target } };
  const known = Object.fromEntries(
    Object.entries(memory).map(([hostname, one]) => [
      hostname,
      { phase: 'ready', since: NOW, checks: 1, negatives: 0, ...one },
    ]),
  );
  const changes: Partial<World> = { dns, memory: { version: 1, clusters: { 'c-1': { dns: known } } } };
  const world = worldWith([entry], objects, changes);
  const { baseDomain: _, ...inventory } = world.inventory;
  const config = gatewayConfig(workloadConfig({ tls: tlsConfig(tls) }));
  const context = contextsOf(baseDomain ? world : { ...world, inventory }, config).of('c-1');
  return planHostnames(context, observeShards(context.objects, 'vc-1', edgeName('c-1')));
}

const statusOf = (hostname: string, situation: Situation = {}) => {
  const found = planned(situation).statuses.find((one) => one.hostname === hostname);
  if (found === undefined) throw new Error(`${hostname} is not listed`);
  return found;
};
const servedOf = (hostname: string, situation: Situation = {}) => {
  const found = planned(situation).served.find((one) => one.hostname === hostname);
  if (found === undefined) throw new Error(`${hostname} is not served`);
  const { listener, ...rest } = found;
  return listener === undefined ? rest : { ...rest, listener: listener.entry.name };
};
const requestOf = (hostname: string, situation: Situation = {}) =>
  planned(situation).dedicated.find((one) => one.hostname === hostname);
const codes = (situation: Situation) =>
  planned(situation).findings.map(({ code, hostname }) => `${code} ${hostname}`);

/** The workload Gateway with listeners of ours that have been programmed for a time. */
function gateway(
  names: readonly (readonly [name: string, hostname: string])[],
  since: number = MINUTE,
  status = 'True',
): KubeObject {
  const entries = names.map(([name, hostname]) => ({
    name,
    port: 443,
    protocol: 'HTTPS',
    hostname,
    tls: { certificateRefs: [{ name: name === 'workload-https' ? TLS : name }] },
  }));
  const bare = workloadGateway([chartListener(), ...entries]);
  const listeners = Object.fromEntries(entries.map(({ name }) => [`k:{"name":"${name}"}`, {}]));
  const managedFields = [
    {
      manager: 'kubebyon-edge-sync',
      operation: 'Apply',
      fieldsV1: { 'f:spec': { 'f:listeners': listeners } },
    },
  ];
  const conditions = ['Programmed', 'ResolvedRefs'].map((type) => ({
    type,
    status,
    reason: type,
    message: '',
    observedGeneration: 1,
    lastTransitionTime: formatTime(now - since),
  }));
  return {
    ...bare,
    metadata: { ...bare.metadata, managedFields },
    status: { listeners: names.map(([name]) => ({ name, conditions })) },
  };
}

const SHARED: readonly KubeObject[] = [
  gateway([['workload-https', `*.${BASE}`]]),
  tlsSecret(TLS, [PLATFORM, targetOf(1)]),
];
const DEDICATED: readonly KubeObject[] = [gateway([[OWN, SELF]]), tlsSecret(OWN, [SELF], 'c-1')];

describe('a name of the base domain', () => {
  test('is served on HTTP while its listener is not there', () => {
    expect(statusOf(PLATFORM)).toMatchObject({
      management: 'platform',
      phase: 'ready',
      reason: 'Ready',
      http: 'served',
      https: 'waiting',
    });
    expect(servedOf(PLATFORM)).toEqual({ hostname: PLATFORM, http: true, https: undefined, redirect: false });
    expect(planned({}).sharedNames).toEqual([targetOf(1), PLATFORM]);
  });

  test('gets HTTPS when the listener of the base domain is up and covers it, then its redirect', () => {
    expect(servedOf(PLATFORM, { objects: SHARED })).toEqual({
      hostname: PLATFORM,
      http: true,
      https: 'shared',
      redirect: false,
    });
    expect(statusOf(PLATFORM, { objects: SHARED })).toMatchObject({ http: 'served', https: 'open' });
    expect(statusOf(PLATFORM, { objects: SHARED })).not.toHaveProperty('httpsReason');
    const routed = [...SHARED, edgeRoute(1, 'https', [PLATFORM])];
    expect(servedOf(PLATFORM, { objects: routed })).toEqual({
      hostname: PLATFORM,
      http: false,
      https: 'shared',
      redirect: true,
    });
    expect(statusOf(PLATFORM, { objects: routed })).toMatchObject({ http: 'redirected', https: 'open' });
    expect(servedOf(PLATFORM, { objects: routed, tls: { httpToHttpsRedirect: false } }).redirect).toBe(false);
  });

  test('gets no redirect that would rest on the route alone', () => {
    const fallen = [tlsSecret(TLS, [PLATFORM]), edgeRoute(1, 'https', [PLATFORM])];
    expect(servedOf(PLATFORM, { objects: fallen })).toEqual({
      hostname: PLATFORM,
      http: true,
      https: 'shared',
      redirect: false,
    });
    const redirected = [...fallen, edgeRoute(1, 'redirect', [PLATFORM])];
    expect(servedOf(PLATFORM, { objects: redirected })).toEqual({
      hostname: PLATFORM,
      http: false,
      https: 'shared',
      redirect: true,
    });
    // The redirect alone keeps the gate open as well.
    const alone = [tlsSecret(TLS, [PLATFORM]), edgeRoute(1, 'redirect', [PLATFORM])];
    expect(servedOf(PLATFORM, { objects: alone })).toEqual({
      hostname: PLATFORM,
      http: false,
      https: 'shared',
      redirect: true,
    });
  });

  test('waits for a listener that has just been programmed, and closes without its certificate', () => {
    const fresh = [gateway([['workload-https', `*.${BASE}`]], SECOND - 1), tlsSecret(TLS, [PLATFORM])];
    expect(statusOf(PLATFORM, { objects: fresh })).toMatchObject({
      https: 'waiting',
      httpsReason: 'its listener has just been programmed',
    });
    const gone = [
      gateway([['workload-https', `*.${BASE}`]]),
      edgeRoute(1, 'https', [PLATFORM]),
      edgeRoute(1, 'redirect', [PLATFORM]),
    ];
    expect(statusOf(PLATFORM, { objects: gone })).toMatchObject({
      http: 'served',
      https: 'waiting',
      httpsReason: 'its Secret does not exist',
    });
  });

  test('has no HTTPS without the shared listener or the base domain', () => {
    expect(statusOf(PLATFORM, { tls: { certManager: false } })).toMatchObject({
      http: 'served',
      https: 'off',
    });
    expect(planned({ tls: { certManager: false, selfManaged: false } }).sharedNames).toEqual([]);
    expect(statusOf(targetOf(1), { baseDomain: false }).https).toBe('off');
    expect(statusOf('t1.other.test', { target: 't1.other.test' }).https).toBe('off');
    expect(codes({ target: 't1.other.test' })).toContain('TargetOutsideBaseDomain t1.other.test');
  });

  test('is ready when DNS reaches the target or was not asked, and pending otherwise', () => {
    const at = (dns: Record<string, readonly DnsAnswer[]>) => {
      const { phase, reason } = statusOf(PLATFORM, { dns });
      return [phase, reason];
    };
    expect(at({})).toEqual(['ready', 'PlatformManaged']);
    expect(at(REACHED)).toEqual(['ready', 'Ready']);
    expect(at({ [PLATFORM]: cname([], NOW).map((one) => ({ ...one, error: 'ENOTFOUND' })) })).toEqual([
      'pending',
      'NXDomain',
    ]);
  });

  test('that is a wildcard needs an issuer that proves wildcards', () => {
    const hostnames = [`*.app.${BASE}`];
    expect(codes({ hostnames, dns: {} })).toEqual([`WildcardNeedsDns01 *.app.${BASE}`]);
    expect(codes({ hostnames, dns: {}, tls: { wildcardCertificate: true } })).toEqual([]);
  });
});

describe('a target that is refused', () => {
  test('is not served, which is told', () => {
    const plan = planned({ target: 'kubebyon.example.com' });
    expect(plan.statuses[0]).toMatchObject({
      hostname: 'kubebyon.example.com',
      management: 'target',
      reason: 'HostnameReserved',
      http: 'withheld',
    });
    expect(plan.served.map(({ hostname }) => hostname)).not.toContain('kubebyon.example.com');
  });
});

describe('a self-managed name', () => {
  test('is served on HTTP at once, and asks for a certificate when its DNS reaches the target', () => {
    expect(statusOf(SELF, { dns: {} })).toEqual({
      hostname: SELF,
      management: 'self',
      phase: 'pending',
      reason: 'NotChecked',
      http: 'served',
      https: 'off',
    });
    expect(requestOf(SELF, { dns: {} })).toBeUndefined();
    expect(statusOf(SELF)).toMatchObject({
      phase: 'ready',
      reason: 'Ready',
      https: 'waiting',
      nextCheckAt: expect.any(String),
    });
    expect(requestOf(SELF)).toMatchObject({
      hostname: SELF,
      clusterId: 'c-1',
      name: OWN,
      createdAt: Date.parse('2026-02-01T00:00:00Z'),
      mayOrder: true,
    });
    expect(planned({}).sharedNames).not.toContain(SELF);
  });

  test('gets HTTPS on its own listener', () => {
    expect(servedOf(SELF, { objects: DEDICATED })).toEqual({
      hostname: SELF,
      name: hostnameObjectName(SELF),
      http: true,
      https: 'dedicated',
      redirect: false,
      listener: OWN,
    });
    const routed = [...DEDICATED, edgeRoute(1, 'https-dedicated', [SELF])];
    expect(servedOf(SELF, { objects: routed })).toMatchObject({ http: false, redirect: true });
    // A route of the shared listener says nothing about it.
    expect(servedOf(SELF, { objects: [...DEDICATED, edgeRoute(1, 'https', [SELF])] })).toMatchObject({
      http: true,
      redirect: false,
    });
    expect(
      servedOf(SELF, { objects: [gateway([[OWN, SELF]]), tlsSecret(OWN, ['x.test'], 'c-1')] }),
    ).toMatchObject({ https: undefined, listener: OWN });
  });

  test('was ready when its certificate or its route says so, whatever memory lost', () => {
    const unsure = { [SELF]: cname([targetOf(1)]).map((one) => ({ ...one, error: 'ESERVFAIL' })) };
    const phaseWith = (...objects: readonly KubeObject[]) => statusOf(SELF, { objects, dns: unsure }).phase;
    expect(phaseWith()).toBe('pending');
    expect(phaseWith(edgeCertificate(OWN, [SELF], 'c-1'))).toBe('ready');
    expect(phaseWith(edgeCertificate(OWN, [SELF], 'c-2'))).toBe('pending');
    expect(phaseWith(edgeRoute(1, 'https-dedicated', [SELF]))).toBe('ready');
    expect(phaseWith(edgeRoute(1, 'https', [SELF]))).toBe('pending');
  });

  test('keeps what it has and orders nothing while its binding is paused, or names an unknown issuer', () => {
    expect(requestOf(SELF, { hostnames: [binding(SELF, { paused: true })] })?.mayOrder).toBe(false);
    expect(requestOf(SELF, { hostnames: [binding(SELF, { paused: false })] })?.mayOrder).toBe(true);
    const odd = { hostnames: [binding(SELF, { issuerRef: { name: 'x', kind: 'y' } })] };
    expect([requestOf(SELF, odd)?.mayOrder, codes(odd)]).toEqual([false, [`IssuerKindUnknown ${SELF}`]]);
    const caa = {
      dns: { ...REACHED, [SELF]: cname([targetOf(1)]).map((one) => ({ ...one, caa: ['0 issue ";"'] })) },
    };
    expect([requestOf(SELF, caa)?.mayOrder, codes(caa)]).toEqual([false, [`CaaForbids ${SELF}`]]);
  });

  test('whose DNS went away is told what is wanted, phase by phase', () => {
    const gone = {
      [SELF]: cname([], NOW).map(({ a: _, aaaa: __, ...one }) => ({ ...one, error: 'ENOTFOUND' })),
    };
    const told = (phase: DnsMemory['phase']) =>
      codes({ dns: gone, memory: { [SELF]: { phase, checkedAt: NOW } } });
    expect(told('pending')).toEqual([`DnsNotReady ${SELF}`]);
    expect(told('ready')).toEqual([]);
    expect(told('degraded')).toEqual([`DnsDegraded ${SELF}`]);
    expect(told('lost')).toEqual([`DnsLost ${SELF}`]);
    expect(told('released')).toEqual([`DnsLost ${SELF}`]);
    const [found] = planned({ dns: gone }).findings;
    expect(found?.message).toBe(`NXDomain: ${SELF} does not exist; wanted: ${SELF} CNAME ${targetOf(1)}`);
    expect(codes({ dns: {} })).toEqual([]);
    const unresolvable = {
      ...gone,
      [targetOf(1)]: cname([], NOW).map(({ a: _, aaaa: __, ...one }) => ({ ...one, error: 'ENOTFOUND' })),
    };
    expect(codes({ dns: unresolvable })).toEqual([`TargetUnresolvable ${targetOf(1)}`]);
  });

  test('of a cluster without a target is told nothing of one', () => {
    const [found] = planned({ target: 'a..b', memory: { [SELF]: { phase: 'degraded' } } }).findings.filter(
      ({ code }) => code === 'DnsDegraded',
    );
    expect(found?.message).toBe('NotChecked: the cluster has no CNAME target');
  });

  test('that is released is not served any more, and what DNS says is remembered', () => {
    const gone = {
      [SELF]: cname([], NOW).map(({ a: _, aaaa: __, ...one }) => ({ ...one, error: 'ENOTFOUND' })),
    };
    const plan = planned({ dns: gone, memory: { [SELF]: { phase: 'released', checkedAt: NOW } } });
    expect(plan.statuses.find(({ hostname }) => hostname === SELF)).toMatchObject({
      phase: 'released',
      reason: 'Released',
      http: 'withheld',
    });
    expect(plan.dns[SELF]?.phase).toBe('released');
  });

  test('that is a wildcard is watched while it is not proven, and not served', () => {
    const wildcard = '*.customer.test';
    const plan = planned({ hostnames: [wildcard], dns: { [wildcard]: cname([targetOf(1)]) } });
    expect(plan.statuses.find(({ hostname }) => hostname === wildcard)).toMatchObject({
      reason: 'WildcardUnproven',
      http: 'withheld',
    });
    expect(plan.findings.map(({ code }) => code)).toEqual(['WildcardUnproven']);
    expect(plan.dns).toHaveProperty([wildcard]);
  });

  test('below its own wildcard is served by the listener of that, and asks for no certificate', () => {
    const wildcard = '*.customer.test';
    const hostnames = [binding(wildcard, { proof: 'p' }), SELF];
    const dns = { ...REACHED, [wildcard]: withTxt(cname([targetOf(1)]), 'p') };
    const name = hostnameObjectName(wildcard);
    const objects = [gateway([[name, wildcard]]), tlsSecret(name, [wildcard], 'c-1')];
    expect(servedOf(SELF, { hostnames, dns, objects })).toEqual({
      hostname: SELF,
      name: hostnameObjectName(SELF),
      http: true,
      https: 'dedicated',
      redirect: false,
      listener: name,
      certificateOf: wildcard,
    });
    expect(requestOf(SELF, { hostnames, dns, objects })).toBeUndefined();
    expect(requestOf(wildcard, { hostnames, dns, objects })?.mayOrder).toBe(true);
  });

  test('has no HTTPS where such names have no certificates', () => {
    expect(statusOf(SELF, { tls: { selfManaged: false } })).toMatchObject({ http: 'served', https: 'off' });
    expect(requestOf(SELF, { tls: { selfManaged: false } })).toBeUndefined();
  });
});
