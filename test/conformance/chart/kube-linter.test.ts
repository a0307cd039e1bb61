import { describe, expect, test } from 'vitest';
import { render } from '../../../src/index.ts';
import { goldenOf, loadCase, readCases } from '../../support/cases.ts';
import type { KubeObject } from '../support/api-client.ts';
import { kubeObject } from './dry-run.ts';
import { checks, workloadsIn } from './kube-linter-checks.ts';
import { waivers } from './kube-linter-waivers.ts';

/** Cases of what the charts do themselves; in the others the user's own pieces of manifests are under test. */
const cases = readCases().filter(
  (each) =>
    goldenOf(each) !== undefined &&
    /^(defaults|complete|class|runbook|feature|all-|haproxy-on)/.test(each.name),
);

interface Failure {
  readonly check: string;
  readonly object: string;
}

function failuresOf(objects: readonly KubeObject[]): readonly Failure[] {
  const workloads = workloadsIn(objects);
  return Object.entries(checks).flatMap(([check, run]) =>
    run(objects, workloads).map((object) => ({ check, object })),
  );
}

const failures = cases.flatMap((each) => {
  const { manifests } = render(loadCase(each), each.release);
  return failuresOf(manifests.map(({ manifest }) => kubeObject(manifest)));
});

function isWaived({ check, object }: Failure): boolean {
  return waivers.some((waiver) => waiver.check === check && waiver.objects.test(object));
}

describe('the default checks of kube-linter', () => {
  test('are all there', () => {
    expect(Object.keys(checks)).toHaveLength(31);
    expect(cases.length).toBeGreaterThan(50);
  });

  test('pass for every object, or are waived with a reason', () => {
    const open = failures.filter((failure) => !isWaived(failure));
    expect([...new Set(open.map(({ check, object }) => `${check} ${object}`))]).toEqual([]);
  });

  test.each(waivers)('are waived only where they would fail: $check', ({ check, objects }) => {
    expect(failures.some((failure) => failure.check === check && objects.test(failure.object))).toBe(true);
  });

  test('fail for what they are about', () => {
    const labels = { app: 'x' };
    const container = {
      name: 'a',
      image: 'registry.example.com:5000/a',
      ports: [{ containerPort: 22 }],
      env: [
        { name: 'SECRET', value: 'x' },
        { name: 'SECRET', value: 'y' },
      ],
      livenessProbe: { httpGet: { port: 1 } },
      readinessProbe: { tcpSocket: { port: 'b' } },
      startupProbe: { httpGet: { port: 2 } },
      securityContext: { privileged: true },
    };
    const pod = {
      ...{
        containers: [container],
        serviceAccount: 'a',
        serviceAccountName: 'a',
        hostIPC: true,
        hostPID: true,
      },
      hostNetwork: true,
      securityContext: { sysctls: [{ name: 'kernel.shm_rmid_forced' }] },
      volumes: [{ hostPath: { path: '/run/docker.sock' } }, { hostPath: { path: '/etc' } }],
    };
    const template = { metadata: { labels: { app: 'y' } }, spec: pod };
    const object = (apiVersion: string, kind: string, spec: object) => ({
      apiVersion,
      kind,
      metadata: { name: 'bad' },
      spec,
    });
    const bad = [
      object('extensions/v1beta1', 'Deployment', {
        replicas: 2,
        selector: { matchLabels: labels },
        template,
      }),
      object('v1', 'Service', { selector: labels, ports: [{ targetPort: 'nope' }] }),
      object('policy/v1', 'PodDisruptionBudget', {
        maxUnavailable: 0,
        selector: { matchLabels: { app: 'y' } },
      }),
      object('policy/v1', 'PodDisruptionBudget', {
        minAvailable: 2,
        selector: { matchLabels: { app: 'y' } },
      }),
      object('batch/v1', 'Job', {}),
    ];
    const failed = new Set(failuresOf(bad).map(({ check }) => check));
    expect([...failed].toSorted()).toEqual(Object.keys(checks).toSorted());
  });
});
