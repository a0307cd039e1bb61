import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/index.ts';
import { type Case, goldenOf, readCases, renderCase } from '../support/cases.ts';
import { apiServerProblems } from '../support/rules/api-server.ts';
import { dig } from '../support/rules/dig.ts';
import { modelProblems } from '../support/rules/models.ts';
import { podSecurityViolations } from '../support/rules/pod-security.ts';
import { releaseProblems } from '../support/rules/release.ts';
import { structuralProblems } from '../support/rules/structural-schema.ts';

const rendered = readCases()
  .filter((aCase) => goldenOf(aCase) !== undefined)
  .map((aCase) => {
    const manifests = renderCase(aCase).manifests.map(({ manifest }) => manifest);
    return [`${aCase.chart}/${aCase.name}`, manifests, aCase] as const;
  });

describe.each(rendered)('%s', (_title, manifests, aCase) => {
  test('every object is valid by the published schema of its kind', () => {
    expect(manifests.flatMap(modelProblems)).toEqual([]);
  });

  test('every object keeps the rules that the schemas do not have', () => {
    expect(manifests.flatMap(apiServerProblems)).toEqual([]);
  });

  test('the objects fit together', () => {
    expect(releaseProblems(manifests)).toEqual([]);
  });

  test('definitions have a structural schema', () => {
    const definitions = manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');
    expect(definitions.flatMap(structuralProblems)).toEqual([]);
  });

  test('Pods are restricted, but for the exceptions with a reason', () => {
    for (const { component, violations } of podsOf(manifests)) {
      expect([component, violations]).toEqual([component, allowedViolations(component, aCase)]);
    }
  });
});

function podsOf(manifests: readonly Manifest[]) {
  return manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet')
    .map((workload) => ({
      component: String(dig(workload, 'metadata', 'labels', 'app.kubernetes.io/component')),
      violations: podSecurityViolations(dig(workload, 'spec', 'template', 'spec')),
    }));
}

/** Cases whose values take the restrictions away themselves. */
const UNRESTRICTED_BY_THE_USER: Readonly<Record<string, readonly string[]>> = {
  // What is set merges with the default, so the rest of it stays.
  'unrestricted-security-contexts': ['api: runAsNonRoot', 'api: seccompProfile'],
  'null-over-maps-and-lists': ['api: runAsNonRoot', 'api: seccompProfile'],
};

function allowedViolations(component: string, { name }: Case): readonly string[] {
  // Routes of a Node are changed on its network, with the one capability for it, which only root can hold.
  if (component === 'route-agent')
    return [
      'hostNetwork',
      'route-agent: runAsNonRoot',
      'route-agent: runAsUser 0',
      'route-agent: capability NET_ADMIN',
      ...(name === 'feature-route-agent-health' ? ['route-agent: hostPort 9200'] : []),
    ];
  if (component !== 'api') return [];
  if (name === 'feature-local-routes')
    return [
      'hostNetwork',
      'api: runAsNonRoot',
      'api: runAsUser 0',
      'api: capability NET_ADMIN',
      'api: hostPort 8080',
    ];
  // Port 443 of the Node is bound by root with the one capability for it.
  if (name.startsWith('haproxy-on-the-node-network'))
    return [
      ...['hostNetwork', 'api: hostPort 8080', 'haproxy: runAsNonRoot', 'haproxy: runAsUser 0'],
      ...['haproxy: hostPort 443', `haproxy: hostPort ${name.endsWith('own-health-port') ? 8500 : 8404}`],
    ];
  return UNRESTRICTED_BY_THE_USER[name] ?? [];
}

describe('the checks can fail', () => {
  const complete = rendered.find(([title]) => title === 'multi-node/complete')?.[1] ?? [];
  const ofKind = (kind: string): Manifest => {
    const found = complete.find((manifest) => manifest.kind === kind);
    if (found === undefined) throw new Error(`no ${kind}`);
    return structuredClone(found);
  };
  const change = (kind: string, path: readonly (string | number)[], value: unknown): Manifest => {
    const manifest = ofKind(kind);
    const parent = dig(manifest, ...path.slice(0, -1));
    if (typeof parent !== 'object' || parent === null) throw new Error(`no ${path.join('.')}`);
    Reflect.set(parent, path.at(-1) ?? '', value);
    return manifest;
  };

  test.each([
    ['Gateway', ['spec', 'listeners'], []],
    ['Gateway', ['spec', 'listeners', 0, 'port'], 70000],
    ['HTTPRoute', ['spec', 'rules', 0, 'matches', 0, 'path', 'type'], 'Prefix'],
    ['Deployment', ['spec', 'replicas'], 'two'],
    ['Service', ['spec', 'ports', 0, 'port'], 'http'],
  ] as const)('a schema refuses a %s with a bad %j', (kind, path, value) => {
    expect(modelProblems(change(kind, path, value))).not.toEqual([]);
  });

  test('an unknown kind is a problem', () => {
    expect(modelProblems({ apiVersion: 'v1', kind: 'Secrets' })).toEqual(['no model of v1/Secrets']);
  });

  test.each([
    ['Gateway', ['spec', 'listeners', 0, 'name'], 'Control'],
    ['Gateway', ['spec', 'listeners', 0, 'tls', 'mode'], undefined],
    ['HTTPRoute', ['spec', 'rules', 0, 'backendRefs'], []],
    ['HTTPRoute', ['metadata', 'labels'], { 'a b': '' }],
    ['Service', ['metadata', 'name'], '2-api'],
    ['Service', ['metadata', 'namespace'], undefined],
    ['Deployment', ['spec', 'template', 'metadata', 'labels'], {}],
    ['Deployment', ['spec', 'template', 'spec', 'volumes'], []],
    ['ClusterRole', ['rules', 0, 'verbs'], []],
  ] as const)('a rule refuses a %s with a bad %j', (kind, path, value) => {
    expect(apiServerProblems(change(kind, path, value))).not.toEqual([]);
  });

  test('two objects of one identity, a lost Role and a lost listener are problems', () => {
    expect(releaseProblems([...complete, ofKind('Service')])).not.toEqual([]);
    expect(releaseProblems(complete.filter(({ kind }) => kind !== 'Role'))).not.toEqual([]);
    expect(releaseProblems(complete.filter(({ kind }) => kind !== 'Gateway'))).not.toEqual([]);
    expect(releaseProblems(complete.filter(({ kind }) => kind !== 'Deployment'))).not.toEqual([]);
  });

  test('an unbounded list and a list key that is not required are no structural schema', () => {
    const hostnames = [
      'spec',
      'versions',
      0,
      'schema',
      'openAPIV3Schema',
      'properties',
      'spec',
      'properties',
      'hostnames',
    ];
    expect(
      structuralProblems(change('CustomResourceDefinition', [...hostnames, 'maxItems'], undefined)),
    ).not.toEqual([]);
    expect(
      structuralProblems(change('CustomResourceDefinition', [...hostnames, 'items', 'required'], [])),
    ).not.toEqual([]);
  });

  test('a Pod without any security context breaks the restrictions', () => {
    const pod = {
      containers: [{ name: 'a', ports: [{ hostPort: 80 }] }],
      volumes: [{ name: 'b', hostPath: {} }],
    };
    expect(podSecurityViolations(pod)).toEqual([
      'volume b',
      'a: allowPrivilegeEscalation',
      'a: runAsNonRoot',
      'a: seccompProfile',
      'a: capabilities are not dropped',
      'a: hostPort 80',
    ]);
  });
});
