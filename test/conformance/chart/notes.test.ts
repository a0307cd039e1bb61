import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Manifest, render } from '../../../src/index.ts';
import { type Case, goldenOf, loadCase, readCases } from '../../support/cases.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type HelmVersion, helm, helmVersions } from '../support/helm.ts';
import { inParallel } from '../support/parallel.ts';
import { chartFolder } from './chart-folder.ts';
import { createNamespace, kubeObject } from './dry-run.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
});
afterAll(() => cluster?.stop());

const NAMES =
  /^(defaults|complete|runbook-4\.[1247]|feature-local|feature-platform-without|all-features|own-names|gateways-each|longest-release)/;
const cases = readCases().filter((each) => goldenOf(each) !== undefined && NAMES.test(each.name));

/** What Helm tells after an installation, which stores nothing here. */
async function notesOf(version: HelmVersion, { chart, values, release }: Case): Promise<string> {
  const flags = ['--namespace', release.namespace, '--dry-run=server', '-f', '-'];
  const { code, stdout, stderr } = await helm(
    version,
    ['install', release.name, chartFolder(chart), ...flags],
    {
      kubeconfig: cluster.kubeconfig,
      input: values,
    },
  );
  expect(code, stderr).toBe(0);
  return stdout.slice(stdout.indexOf('\nNOTES:\n') + '\nNOTES:\n'.length).trimEnd();
}

interface Named {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** The objects that the commands of some notes ask for by name. */
function askedFor(notes: string): readonly Named[] {
  const commands = notes.matchAll(
    /^ +kubectl -n (\S+) (?:describe|get) (gateway|httproute|daemonset) (\S+)/gm,
  );
  return [...commands].map(([, namespace = '', kind = '', name = '']) => ({ namespace, kind, name }));
}

function isRendered({ namespace, kind, name }: Named, manifests: readonly Manifest[]): boolean {
  return manifests
    .map(kubeObject)
    .some(
      ({ kind: other, metadata }) =>
        other.toLowerCase() === kind && metadata.name === name && metadata.namespace === namespace,
    );
}

describe.each(helmVersions)('the notes that Helm %s prints', (version) => {
  test('name the objects of the release, and leave no blank to fill in', async () => {
    for (const namespace of new Set(cases.map(({ release }) => release.namespace))) {
      await createNamespace(cluster, namespace);
    }
    const all = await inParallel(cases, (each) => notesOf(version, each));
    for (const [index, notes] of all.entries()) {
      const each = cases[index];
      if (each === undefined) throw new Error('no case');
      const { name, namespace } = each.release;
      const manifests = render(loadCase(each), each.release).manifests.map(({ manifest }) => manifest);
      const rendered = manifests.map(kubeObject);

      expect(notes).toContain(`release ${name} in namespace ${namespace}`);
      expect(notes).toContain(`helm test ${name} -n ${namespace}`);
      expect(notes).not.toMatch(/<no value>|<nil>|%!|\{\{|undefined|\n\n\n/);
      for (const asked of askedFor(notes)) {
        expect(isRendered(asked, manifests), `${each.name}: ${JSON.stringify(asked)}`).toBe(true);
      }
      for (const { metadata } of rendered.filter(({ kind }) => kind === 'Gateway')) {
        expect(notes).toContain(`Gateway ${metadata.namespace}/${metadata.name}`);
        expect(notes).toContain(`kubectl -n ${metadata.namespace} describe gateway ${metadata.name}`);
      }
    }
    expect(cases.length).toBeGreaterThan(12);
  }, 120_000);

  test('say of the complete installation what runbook section 6 asks to look at', async () => {
    const complete = cases.find(({ name }) => name === 'complete');
    const notes = complete === undefined ? '' : await notesOf(version, complete);
    const expected = [
      'kubectl -n kubebyon-system describe gateway kubebyon-kubebyon-control-plane-gateway',
      'kubectl -n kubebyon-system describe gateway kubebyon-kubebyon-platform-gateway',
      'kubectl -n kubebyon-system describe gateway kubebyon-kubebyon-workload-gateway',
      'kubectl -n kubebyon-system describe httproute kubebyon-kubebyon-platform-api',
      'kubectl -n kubebyon-system describe httproute kubebyon-kubebyon-platform-web',
      'curl -k https://kubebyon.example.com/healthz',
      'kubebyon.example.com  ->  addresses of the platform Gateway',
      'get secret kubebyon-platform-tls',
      'kubectl -n kubebyon-system get routeplans',
      'grep KUBEBYON_GATEWAY_API_',
    ];
    for (const line of expected) expect(notes).toContain(line);
    expect(notes).not.toContain('haproxy');
  });

  test('say of haproxy where its log is, and nothing of Gateways', async () => {
    const defaults = cases.find(({ name }) => name === 'defaults');
    const notes = defaults === undefined ? '' : await notesOf(version, defaults);
    expect(notes).toContain('kubectl -n kubebyon-system logs deploy/kubebyon-kubebyon-api -c haproxy');
    expect(notes).not.toContain('gateway ');
  });
});
