import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartNamed } from '../../../src/chart/charts.ts';
import { type ChartName, render, valuesFrom } from '../../../src/index.ts';
import { scopeOf } from '../../../src/library/release.ts';
import { evaluate } from '../../../src/template/index.ts';
import { goldenOf, loadCase, readCases } from '../../support/cases.ts';
import { hooksOf } from '../../support/objects.ts';
import { dig } from '../../support/rules/dig.ts';
import type { ApiAnswer, KubeObject } from '../support/api-client.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { chartNames } from './chart-folder.ts';
import { createNamespace, dryRun, kubeObject } from './dry-run.ts';
import { RELEASE } from './helm-jobs.ts';
import { workloadsIn } from './kube-linter-checks.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
  for (const level of ['restricted', 'privileged'] as const) {
    const labels = { 'pod-security.kubernetes.io/enforce': level };
    await createNamespace(cluster, level, labels);
  }
});
afterAll(() => cluster?.stop());

/** Sends a Pod made from a template to a namespace of a level; nothing is stored but its ServiceAccount. */
async function createPod(level: 'restricted' | 'privileged', name: string, spec: object): Promise<ApiAnswer> {
  const { serviceAccountName = 'default' } = spec as { readonly serviceAccountName?: string };
  const account = { name: serviceAccountName, namespace: level };
  await cluster.api.apply(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account },
    { fieldManager: 'test' },
  );
  return dryRun(cluster, { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: level }, spec });
}

interface Pod {
  readonly owner: string;
  readonly spec: object;
}

function podsOf(objects: readonly KubeObject[]): readonly Pod[] {
  return workloadsIn(objects).map(({ object, pod }) => ({
    owner: `${object.kind}/${object.metadata.name}`,
    spec: pod,
  }));
}

async function refusals(
  level: 'restricted' | 'privileged',
  pods: readonly Pod[],
): Promise<readonly string[]> {
  const different = [...new Map(pods.map((pod) => [JSON.stringify(pod), pod])).values()];
  const answers = await Promise.all(different.map(({ spec }, i) => createPod(level, `pod-${i}`, spec)));
  return answers.flatMap((answer, i) => (answer.ok ? [] : [`${different[i]?.owner}: ${answer.message}`]));
}

/** Cases of what the charts do themselves, as far as their Pods are not on the network of a Node. */
const pods = readCases()
  .filter((each) => goldenOf(each) !== undefined)
  .filter(({ name }) => /^(defaults|complete|class|runbook|feature|all-)/.test(name))
  .flatMap((each) =>
    podsOf(render(loadCase(each), each.release).manifests.map(({ manifest }) => kubeObject(manifest))),
  );

const AGENTS = { enabled: true, podCIDRRoute: { enabled: true } };

const onNode = pods.filter(({ spec }) => 'hostNetwork' in spec);
const others = pods.filter(({ spec }) => !('hostNetwork' in spec));

describe('a namespace that enforces Pod Security restricted', () => {
  test('takes a Pod of every template that is not on the network of a Node', async () => {
    expect(others.length).toBeGreaterThan(100);
    expect(await refusals('restricted', others)).toEqual([]);
  });

  test.each(chartNames)('takes the Pod of "helm test" of the %s chart', async (chart: ChartName) => {
    const scope = scopeOf(chart, RELEASE, valuesFrom(chart, {}).values);
    const specs = chartNamed(chart).tests.map(
      ({ template }) => evaluate(template, scope) as { spec: object },
    );
    expect(specs).toHaveLength(1);
    for (const { spec } of specs)
      expect(await createPod('restricted', 'test', spec)).toMatchObject({ ok: true });
  });

  test.each(chartNames)('takes the Pod of the Job of the %s chart that takes routes away', async (chart) => {
    const values = { publicAccess: { provider: 'gatewayapi' }, gatewayAPI: { workload: AGENTS } };
    const jobs = hooksOf(chart, values, RELEASE).filter(({ kind }) => String(kind) === 'Job');
    expect(jobs).toHaveLength(1);
    for (const job of jobs) {
      const spec = Object(dig(job, 'spec', 'template', 'spec'));
      // The account comes with the Job, and is not what is looked at here.
      const pod = { ...spec, serviceAccountName: 'default' };
      expect(await createPod('restricted', 'cleanup', pod)).toMatchObject({ ok: true });
    }
  });

  test('refuses the route agent and an API that keeps routes itself, for the network of the Node and NET_ADMIN', async () => {
    const owners = new Set(onNode.map(({ owner }) => owner.replace(/.*-kubebyon-/, '')));
    expect([...owners].toSorted()).toEqual(['api', 'route-agent']);
    for (const { spec } of onNode) {
      const answer = await createPod('restricted', 'on-node', spec);
      const message = answer.ok ? 'taken' : answer.message;
      expect(message).toContain(
        'violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)',
      );
      if (JSON.stringify(spec).includes('NET_ADMIN')) expect(message).toContain('NET_ADMIN');
    }
  });
});

test('a namespace that enforces Pod Security privileged takes every Pod', async () => {
  expect(await refusals('privileged', pods)).toEqual([]);
});
