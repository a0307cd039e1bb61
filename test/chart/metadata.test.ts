import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/index.ts';
import { goldenOf, readCases, renderCase, USUAL_RELEASE } from '../support/cases.ts';
import { CHARTS, gatewayValues, objectsOf, PLATFORM } from '../support/objects.ts';
import { dig, digEntries } from '../support/rules/dig.ts';

const everything = gatewayValues(
  {
    platform: PLATFORM,
    workload: { enabled: true, tls: { enabled: true }, podCIDRRoute: { enabled: true } },
  },
  {
    web: { enabled: true, podDisruptionBudget: { enabled: true } },
    api: { podDisruptionBudget: { enabled: true } },
  },
);

const labelsOf = (data: unknown) => Object.fromEntries(digEntries(data, 'metadata', 'labels'));
const templatesOf = (objects: readonly Manifest[]) =>
  objects.flatMap((object) => {
    const template = dig(object, 'spec', 'template');
    return template === undefined ? [] : [template];
  });

describe.each(CHARTS)('labels of %s', (chart) => {
  test.each([
    ['gatewayapi', everything],
    ['haproxy', {}],
  ])('tell what, whose, which part, which version, by whom and from where (%s)', (_provider, values) => {
    for (const object of objectsOf(chart, values, {
      name: 'prod',
      namespace: 'byon',
      version: '1.2.3',
      appVersion: '4.5.6',
    })) {
      expect(labelsOf(object)).toEqual({
        'app.kubernetes.io/name': 'kubebyon',
        'app.kubernetes.io/instance': 'prod',
        'app.kubernetes.io/component': expect.stringMatching(/^[a-z-]+$/),
        'app.kubernetes.io/version': '4.5.6',
        'app.kubernetes.io/managed-by': 'Helm',
        'helm.sh/chart': `kubebyon-${chart}-1.2.3`,
      });
    }
  });

  test('nameOverride shows in helm.sh/chart only', () => {
    const usual = objectsOf(chart, everything);
    const overridden = objectsOf(chart, { ...everything, nameOverride: 'mine' });
    const text = JSON.stringify(overridden);
    expect(text).toContain('"helm.sh/chart":"mine-0.1.0"');
    expect(text.replaceAll('"helm.sh/chart":"mine-0.1.0"', `"helm.sh/chart":"kubebyon-${chart}-0.1.0"`)).toBe(
      JSON.stringify(usual),
    );
  });

  test('selectors hold name, instance and component, and nothing that a user sets', () => {
    const objects = objectsOf(chart, {
      ...everything,
      commonLabels: { team: 'edge' },
      api: { podLabels: { tier: 'api' } },
    });
    const selectors = objects.flatMap((object) => {
      const selector = dig(object, 'spec', 'selector', 'matchLabels') ?? dig(object, 'spec', 'selector');
      return selector === undefined ? [] : [selector];
    });
    expect(selectors.length).toBeGreaterThan(5);
    for (const selector of selectors) {
      expect(selector).toEqual({
        'app.kubernetes.io/name': 'kubebyon',
        'app.kubernetes.io/instance': 'kubebyon',
        'app.kubernetes.io/component': expect.any(String),
      });
    }
  });

  test('Pods carry no version, so that a new chart alone restarts nothing', () => {
    const templates = (version: string) =>
      templatesOf(objectsOf(chart, everything, { ...USUAL_RELEASE, version }));
    expect(templates('0.1.0').length).toBeGreaterThan(2);
    expect(templates('0.2.0')).toEqual(templates('0.1.0'));
    expect(JSON.stringify(templates('0.1.0'))).not.toMatch(
      /helm\.sh|app\.kubernetes\.io\/(version|managed-by)/,
    );
  });

  test('commonLabels are on every object and Pod', () => {
    for (const values of [everything, {}]) {
      const objects = objectsOf(chart, { ...values, commonLabels: { team: 'edge', 'example.com/x': '' } });
      for (const data of [...objects, ...templatesOf(objects)])
        expect(labelsOf(data)).toMatchObject({ team: 'edge', 'example.com/x': '' });
    }
  });

  test('commonAnnotations are on every object', () => {
    for (const values of [everything, {}]) {
      for (const object of objectsOf(chart, {
        ...values,
        commonAnnotations: { 'example.com/owner': 'edge' },
      }))
        expect(dig(object, 'metadata', 'annotations', 'example.com/owner')).toBe('edge');
    }
  });

  test('what is said of one object wins over what is said of all', () => {
    const objects = objectsOf(chart, {
      ...everything,
      commonLabels: { of: 'all' },
      commonAnnotations: { of: 'all' },
      gatewayAPI: {
        labels: { of: 'control-plane' },
        annotations: { of: 'control-plane' },
        platform: PLATFORM,
      },
    });
    const gateways = objects.filter(({ kind }) => kind === 'Gateway');
    expect(gateways.map((gateway) => dig(gateway, 'metadata', 'labels', 'of'))).toEqual([
      'control-plane',
      'all',
    ]);
    expect(gateways.map((gateway) => dig(gateway, 'metadata', 'annotations', 'of'))).toEqual([
      'control-plane',
      'all',
    ]);
  });

  test('free maps come out in byte order of their keys', () => {
    const commonAnnotations = { b: '1', 'a/b': '2', B: '3', '1': '4', 'a.b': '5', 'a-b': '6' };
    const [object] = objectsOf(chart, { commonAnnotations });
    expect(Object.keys(dig(object, 'metadata', 'annotations') as object)).toEqual([
      '1',
      'B',
      'a-b',
      'a.b',
      'a/b',
      'b',
    ]);
  });
});

/** Kinds in Helm's order of installation; kinds that Helm does not know follow by name. Source: Helm docs, H7. */
const KIND_ORDER = [
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'ConfigMap',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Deployment',
  'Gateway',
  'HTTPRoute',
  'ServiceMonitor',
];

describe('the order of documents', () => {
  const renders = readCases()
    .filter((aCase) => goldenOf(aCase) !== undefined)
    .map((aCase) => renderCase(aCase).manifests);

  test('is that of Helm: by kind, then by the path of the template in byte order', () => {
    for (const manifests of renders) {
      const keys = manifests.map(({ source, manifest }) => {
        expect(KIND_ORDER).toContain(manifest.kind);
        return `${String(KIND_ORDER.indexOf(manifest.kind)).padStart(2, '0')} ${source}`;
      });
      expect(keys).toEqual(keys.toSorted());
    }
  });

  test('each document comes from a template of its own', () => {
    for (const manifests of renders) {
      const sources = manifests.map(({ source }) => source);
      expect(new Set(sources).size).toBe(sources.length);
      for (const source of sources)
        expect(source).toMatch(/^kubebyon-(single|multi)-node\/templates\/[a-z-]+\.yaml$/);
    }
  });
});
