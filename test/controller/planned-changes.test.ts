import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterReport } from '../../src/controller/inventory/inventory.ts';
import { comparePlans } from '../../src/controller/loop/planned-changes.ts';
import type { ProbeTarget } from '../../src/controller/observations/probes.ts';
import { followWanted } from '../../src/controller/observations/wanted.ts';
import type { ClusterStatus, Finding, Planned } from '../../src/planner/index.ts';
import { createLivePlanner } from '../../src/planner/index.ts';
import { fakeClock } from '../kube/support/fake-clock.ts';
import { BASE, binding, cluster, gatewayConfig, world } from '../support/worlds.ts';

type Said = Pick<Planned, 'status' | 'findings'>;

const SHARED = {
  listeners: { onGateway: 0, inListenerSets: 0, freeOnGateway: 0 },
  certificates: [],
  orders: {},
};

/** What a plan says of every cluster, worked out from the plan alone. */
function wholeReports({ status, findings }: Said): ReadonlyMap<string, ClusterReport> {
  return new Map(
    status.clusters.map((one) => [
      one.id,
      { status: one, findings: findings.filter(({ cluster: id }) => id === one.id) },
    ]),
  );
}

/** What a plan wants to know, worked out from the plan alone: the earliest time of each name, the targets of each cluster. */
function wholeWanted({ status }: Said) {
  const names = new Map<string, string | undefined>();
  for (const { hostname, phase, nextCheckAt } of status.clusters.flatMap(({ hostnames }) => hostnames)) {
    if (phase === 'invalid') continue;
    const times = [names.get(hostname), nextCheckAt].filter((time) => time !== undefined).sort();
    names.set(hostname, times[0]);
  }
  const targets = status.clusters.flatMap(({ id, backend }) =>
    backend?.probeTargets === undefined ? [] : [[id, backend.probeTargets] as const],
  );
  const accepted = status.clusters.flatMap(({ id, controlPlane }) =>
    controlPlane?.phase === 'ready' ? [[id, controlPlane.hostname] as const] : [],
  );
  return {
    names: sorted(names),
    targets: sorted(new Map(targets)),
    controlPlanes: sorted(new Map(accepted)),
  };
}

const sorted = (map: ReadonlyMap<string, unknown>) =>
  [...map].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));

/** Follows plans as the controller does. */
function follower() {
  const names = new Map<string, string | undefined>();
  const targets = new Map<string, readonly ProbeTarget[]>();
  const controlPlanes = new Map<string, string>();
  const reports = new Map<string, ClusterReport>();
  const dropped: string[] = [];
  const compare = comparePlans();
  const { follow } = followWanted(fakeClock(), {
    onTold: () => undefined,
    onName: (hostname, { at }) => names.set(hostname, at),
    onNoName: (hostname) => {
      dropped.push(hostname);
      names.delete(hostname);
    },
    onTargets: (id, list) => targets.set(id, list),
    onNoTargets: (id) => targets.delete(id),
    onControlPlane: (id, hostname) => controlPlanes.set(id, hostname),
    onNoControlPlane: (id) => controlPlanes.delete(id),
  });
  return {
    reports,
    dropped,
    wanted: () => ({
      names: sorted(names),
      targets: sorted(targets),
      controlPlanes: sorted(controlPlanes),
    }),
    take: (planned: Said) => {
      dropped.length = 0;
      const changes = compare.next(planned);
      for (const id of changes.gone) reports.delete(id);
      for (const report of changes.reports) reports.set(report.status.id, report);
      follow(changes);
      return changes;
    },
  };
}

const NAMES = ['a.test', 'b.test', 'c.test', 'd.test'];
const TIMES = [undefined, '2026-01-01T00:00:10Z', '2026-01-01T00:00:20Z', '2026-01-01T00:00:30Z'];
const IDS = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5'];

const statuses = fc.record({
  hostnames: fc.array(
    fc.record({
      hostname: fc.constantFrom(...NAMES),
      phase: fc.constantFrom('ready' as const, 'pending' as const, 'invalid' as const),
      nextCheckAt: fc.constantFrom(...TIMES),
    }),
    { maxLength: 4 },
  ),
  targets: fc.constantFrom<readonly ProbeTarget[] | undefined>(
    undefined,
    [],
    [{ address: '10.0.0.1', port: 80 }],
  ),
});

function statusOf(
  id: string,
  { hostnames, targets }: typeof statuses extends fc.Arbitrary<infer T> ? T : never,
) {
  const status: ClusterStatus = {
    id,
    ...(targets === undefined
      ? {}
      : {
          backend: {
            ...{ mode: 'podip', port: 80, source: 's', since: '', flips: 0, endpoints: 1, reason: 'Ready' },
            mode: 'podip',
            probeTargets: targets,
          },
        }),
    hostnames: hostnames.map(({ nextCheckAt, ...one }) => ({
      ...one,
      ...(nextCheckAt === undefined ? {} : { nextCheckAt }),
      management: 'self',
      reason: 'Test',
      http: 'served',
      https: 'off',
    })),
  };
  return status;
}

/** What changes between two plans; everything else stays the same object. */
const steps = fc.record({
  status: fc.array(fc.tuple(fc.constantFrom(...IDS), fc.option(statuses)), { maxLength: 3 }),
  findings: fc.array(fc.tuple(fc.constantFrom(...IDS, null), fc.nat(3), fc.boolean()), { maxLength: 3 }),
});

const finding = (id: string | null, number: number): Finding => ({
  code: 'NoBackends',
  severity: 'warning',
  cluster: id,
  message: `message ${number}`,
});

describe('what a plan says that the one before did not', () => {
  test('keeps reports and what is wanted as whole recomputations have them, after any sequence of plans', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (history) => {
        const follows = follower();
        const clusters = new Map<string, ClusterStatus>();
        let findings: readonly Finding[] = [];
        for (const step of history) {
          for (const [id, next] of step.status) {
            if (next === null) clusters.delete(id);
            else clusters.set(id, statusOf(id, next));
          }
          for (const [id, at, isNew] of step.findings) {
            findings = isNew
              ? findings.toSpliced(at, 0, finding(id, findings.length))
              : findings.toSpliced(at, 1);
          }
          const inOrder = IDS.flatMap((id) => clusters.get(id) ?? []);
          const planned = { status: { clusters: inOrder, shared: SHARED }, findings };
          const before = new Map(follows.reports);
          const { reports } = follows.take(planned);
          expect(follows.reports).toEqual(wholeReports(planned));
          expect(follows.wanted()).toEqual(wholeWanted(planned));
          // What is wanted all the time is never dropped on the way: its answers would be forgotten.
          const wanted = new Set(wholeWanted(planned).names.map(([name]) => name));
          expect(follows.dropped.filter((name) => wanted.has(name))).toEqual([]);
          for (const report of reports) {
            const { status, findings: list } = before.get(report.status.id) ?? {};
            const isSame =
              status === report.status && list?.every((one, index) => one === report.findings[index]);
            expect(isSame === true && list?.length === report.findings.length).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is one cluster when the planner is told of one: what it does not plan again are the same objects', () => {
    const clusters = Array.from({ length: 200 }, (_, index) =>
      cluster(index + 1, { hostnames: [binding(`app-${index}.${BASE}`)] }),
    );
    const planner = createLivePlanner(world({ clusters }), gatewayConfig());
    const follows = follower();
    const now = (second: number) => `2026-11-23T10:00:0${second}Z`;
    expect(follows.take(planner.plan(now(0))).reports).toHaveLength(200);
    // The first plan is news to the second: it remembers where everything went.
    follows.take(planner.plan(now(1)));
    expect(follows.take(planner.plan(now(2))).reports).toHaveLength(0);
    const [, second] = clusters;
    if (second === undefined) throw new Error('there are 200');
    const hostnames = [...second.hostnames, binding(`more.${BASE}`)];
    planner.observe({ of: 'cluster', id: second.id, cluster: { ...second, hostnames } });
    const planned = planner.plan(now(3));
    expect(follows.take(planned).reports.map(({ status }) => status.id)).toEqual([second.id]);
    expect(follows.reports).toEqual(wholeReports(planned));
    planner.observe({ of: 'cluster', id: second.id, cluster: null });
    expect(follows.take(planner.plan(now(4))).gone).toEqual([second.id]);
  });
});
