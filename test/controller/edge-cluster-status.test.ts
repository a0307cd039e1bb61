import { describe, expect, test } from 'vitest';
import {
  type EdgeClusterFacts,
  edgeClusterStatus,
} from '../../src/controller/inventory/edge-cluster-status.ts';
import { finding } from '../../src/planner/findings.ts';
import type { HostnameStatus } from '../../src/planner/index.ts';
import { fullWorld } from '../support/full-world.ts';
import { planCase, readWorld, worldCases } from '../support/world-cases.ts';

const [cluster] = fullWorld.inventory.clusters;
const now = '2026-11-23T12:00:00Z';
const later = '2026-11-23T13:00:00Z';

const READY: HostnameStatus = {
  hostname: 'app.customer.test',
  management: 'self',
  phase: 'ready',
  reason: 'Ready',
  http: 'redirected',
  https: 'open',
};

const BACKEND = {
  ...({ mode: 'podip', port: 80, source: 'pods', since: now } as const),
  flips: 1,
  endpoints: 2,
  reason: 'Ready',
};

function facts(more: Partial<EdgeClusterFacts> = {}): EdgeClusterFacts {
  return {
    cluster,
    status: {
      id: cluster.id,
      controlPlane: { hostname: 'c-1.api.example.com', phase: 'ready', reason: 'Accepted' },
      backend: BACKEND,
      hostnames: [READY],
    },
    findings: [],
    generation: 7,
    before: undefined,
    now,
    ...more,
  };
}

function withHostname(more: Partial<HostnameStatus>): EdgeClusterFacts {
  const { status } = facts();
  return facts({ status: { ...status, hostnames: [{ ...READY, ...more }] } });
}

/** Status and reason by type. */
function verdicts(
  conditions: readonly { readonly type: string; readonly status: string; readonly reason: string }[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(conditions.map(({ type, status, reason }) => [type, `${status} ${reason}`]));
}

const ofCluster = (of: EdgeClusterFacts) => verdicts(edgeClusterStatus(of).conditions);
const ofHostname = (of: EdgeClusterFacts) => verdicts(edgeClusterStatus(of).hostnames[0]?.conditions);

describe('the status of a cluster', () => {
  test('says that its entries work, by which way, and how many of its hostnames are ready', () => {
    const status = edgeClusterStatus(facts());
    expect(verdicts(status.conditions)).toEqual({
      ControlPlaneRouteAccepted: 'True Accepted',
      BackendReady: 'True Ready',
      TenantAPIReachable: 'True Readable',
      InClusterAccess: 'True L4',
      Ready: 'True Ready',
    });
    expect(status).toMatchObject({
      observedGeneration: 7,
      hostnamesReady: '1/1',
      backend: { mode: 'podip', port: 80, flips: 1, endpoints: 2 },
    });
  });

  test('is not ready when nothing leads to its API, and says why', () => {
    const controlPlane = {
      hostname: 'c-1.api.example.com',
      phase: 'withheld',
      reason: 'ForeignTLSRoute',
    } as const;
    const findings = [finding('ForeignTLSRoute', 'c-1', 'team-2/other names it too')];
    const of = facts({ status: { ...facts().status, controlPlane }, findings });
    expect(ofCluster(of)).toMatchObject({
      ControlPlaneRouteAccepted: 'False ForeignTLSRoute',
      Ready: 'False ForeignTLSRoute',
    });
    expect(edgeClusterStatus(of).conditions.find(({ type }) => type === 'Ready')?.message).toContain(
      'team-2/other',
    );
  });

  test('is not ready without a backend', () => {
    const of = facts({
      status: { ...facts().status, backend: { ...BACKEND, endpoints: 0 } },
      findings: [finding('NoBackends', 'c-1', 'no Pod is ready')],
    });
    expect(ofCluster(of)).toMatchObject({ BackendReady: 'False NoBackends', Ready: 'False NoBackends' });
  });

  test('is not ready when it is suspended or goes', () => {
    const backend = { ...BACKEND, endpoints: 0, reason: 'Suspended' };
    const suspended = { cluster: { ...cluster, suspended: true }, status: { ...facts().status, backend } };
    expect(ofCluster(facts(suspended))).toMatchObject({ Ready: 'False Suspended' });
    const gone = { cluster: { ...cluster, deleting: true }, status: { id: 'c-1', hostnames: [] } };
    expect(ofCluster(facts(gone))).toMatchObject({ Ready: 'False Deleting' });
  });

  test('is ready while the DNS of a customer is not', () => {
    const of = withHostname({ phase: 'pending', reason: 'NXDomain', http: 'served', https: 'off' });
    expect(edgeClusterStatus(of).hostnamesReady).toBe('0/1');
    expect(ofCluster(of)).toMatchObject({ Ready: 'True Ready' });
  });

  test('warns that Pods do not reach an API that has no address of its own, and is ready', () => {
    const findings = [finding('InClusterAccess', 'c-1', 'SNIOnly')];
    expect(ofCluster(facts({ findings }))).toMatchObject({
      InClusterAccess: 'False RequiresUniqueL4Endpoint',
      Ready: 'True Ready',
    });
  });

  test('says that its API could not be read', () => {
    const findings = [finding('TenantUnreadable', 'c-1', 'its API could not be read')];
    expect(ofCluster(facts({ findings }))).toMatchObject({ TenantAPIReachable: 'False TenantUnreadable' });
  });

  test('says what a probe of its API found, when somebody has asked', () => {
    const reachable = { status: 'False', reason: 'SANMismatch', message: 'x' } as const;
    expect(ofCluster(facts({ reachable }))).toMatchObject({ ControlPlaneReachable: 'False SANMismatch' });
  });

  test('keeps what another process has found until somebody asks again, as long as the route is there', () => {
    const reachable = { status: 'True', reason: 'Reachable', message: 'x' } as const;
    const before = edgeClusterStatus(facts({ reachable }));
    expect(edgeClusterStatus(facts({ before, now: later }))).toEqual(before);
    const { status } = facts();
    const pending = { hostname: 'c-1.api.example.com', phase: 'pending', reason: 'NotWritten' } as const;
    const gone = facts({ before, status: { ...status, controlPlane: pending } });
    expect(ofCluster(gone)).not.toHaveProperty('ControlPlaneReachable');
  });

  test('does not speak of what the cluster does not ask for', () => {
    const { controlPlane: _, workload: __, ...bare } = cluster;
    expect(ofCluster(facts({ cluster: bare, status: { id: 'c-1', hostnames: [] } }))).toEqual({
      Ready: 'True Ready',
    });
  });
});

describe('the status of a hostname', () => {
  test('says that it is served', () => {
    expect(ofHostname(facts())).toEqual({
      Claimed: 'True Claimed',
      DNSReady: 'True Ready',
      CertificateReady: 'True Served',
      Programmed: 'True Programmed',
    });
  });

  test.each<readonly [string, Partial<HostnameStatus>, Readonly<Record<string, string>>]>([
    [
      'another cluster has it',
      { phase: 'conflict', reason: 'AlreadyClaimed', http: 'withheld', https: 'off' },
      { Claimed: 'False AlreadyClaimed', DNSReady: 'Unknown NotClaimed', Programmed: 'False AlreadyClaimed' },
    ],
    [
      'its DNS leads elsewhere',
      { phase: 'degraded', reason: 'WrongAddress' },
      { DNSReady: 'False WrongAddress', Programmed: 'True Programmed' },
    ],
    ['nobody has asked DNS', { phase: 'pending', reason: 'NotChecked' }, { DNSReady: 'Unknown NotChecked' }],
    [
      'its certificate is not there',
      { https: 'waiting', httpsReason: 'SecretMissing' },
      { CertificateReady: 'False SecretMissing' },
    ],
    [
      'its listener is not there',
      { https: 'waiting', httpsReason: 'its listener is not there yet' },
      { CertificateReady: 'False Waiting' },
    ],
    [
      'the Gateway does not take its route',
      { routeProblem: 'NotAllowedByListeners' },
      { Programmed: 'False NotAllowedByListeners' },
    ],
  ])('says that %s', (_, more, expected) => {
    expect(ofHostname(withHostname(more))).toMatchObject(expected);
  });
});

describe('a condition', () => {
  test('keeps its time while its status is the same, whatever else changes', () => {
    const before = edgeClusterStatus(facts());
    const after = edgeClusterStatus({
      ...withHostname({ reason: 'Other' }),
      before,
      generation: 8,
      now: later,
    });
    expect(after.hostnames[0]?.conditions.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual(
      Array.from({ length: 4 }, () => now),
    );
    expect(after.conditions.every(({ observedGeneration }) => observedGeneration === 8)).toBe(true);
  });

  test('gets a new time when its status changes', () => {
    const before = edgeClusterStatus(facts());
    const of = { ...withHostname({ phase: 'degraded', reason: 'NXDomain' }), before, now: later };
    const times = edgeClusterStatus(of).hostnames[0]?.conditions.map(({ type, lastTransitionTime }) => [
      type,
      lastTransitionTime,
    ]);
    expect(Object.fromEntries(times ?? [])).toMatchObject({ Claimed: now, DNSReady: later });
  });

  test('has a reason that the API server takes, whatever a Gateway controller says', () => {
    expect(ofHostname(withHostname({ routeProblem: 'not a reason!' }))).toMatchObject({
      Programmed: 'False Other',
    });
  });

  test('has a message that the API server takes, however long a finding is', () => {
    const controlPlane = { hostname: 'a', phase: 'withheld', reason: 'ForeignTLSRoute' } as const;
    const findings = [finding('ForeignTLSRoute', 'c-1', '😀'.repeat(5_000))];
    const { conditions } = edgeClusterStatus(
      facts({ status: { ...facts().status, controlPlane }, findings }),
    );
    expect(conditions.map(({ message }) => Array.from(message).length <= 1024)).not.toContain(false);
  });
});

test('what was written needs no other write when nothing but time has passed', () => {
  for (const name of worldCases()) {
    const { world } = readWorld(name);
    const { status, findings } = planCase(name);
    for (const one of status.clusters) {
      const entry = world.inventory.clusters.find(({ id }) => id === one.id);
      if (entry === undefined) continue;
      const about = { cluster: entry, status: one, findings, generation: 1 };
      const before = edgeClusterStatus({ ...about, before: undefined, now });
      expect(edgeClusterStatus({ ...about, before, now: later }), name).toEqual(before);
    }
  }
});
