import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/write-generated.ts';
import { loadValues } from '../../src/library/load.ts';
import { render } from '../../src/library/render.ts';
import { grantsFor, rolesOf } from '../../src/operator/checks/permissions.ts';
import { withoutRepeats } from '../../src/operator/checks/question.ts';
import { preflightQuestions } from '../../src/operator/preflight/questions.ts';
import { wantedFrom } from '../../src/operator/preflight/wanted.ts';

const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };

function questionsOf(fixture: string) {
  const name = join(projectRoot, 'fixtures', fixture, 'values.yaml');
  const chart = fixture.startsWith('multi-node') ? 'multi-node' : 'single-node';
  const loaded = loadValues(chart, [{ kind: 'file', name, text: readFileSync(name, 'utf8') }]);
  const { manifests } = render(loaded, RELEASE);
  return preflightQuestions(
    wantedFrom(
      RELEASE,
      manifests.map(({ manifest }) => manifest),
    ),
  );
}

describe('a preflight', () => {
  const runbook = readdirSync(join(projectRoot, 'fixtures/multi-node')).filter((name) =>
    name.startsWith('runbook-'),
  );

  test.each([...runbook, 'complete'])(
    'of multi-node/%s asks 38 questions at most, besides version and rights',
    (name) => {
      expect(questionsOf(`multi-node/${name}`).length).toBeLessThanOrEqual(38);
    },
  );

  test('reads Secrets by their names, and lists only those of Helm without their content', () => {
    const secrets = questionsOf('multi-node/complete').filter(({ kind }) => kind === 'Secret');
    expect(secrets.filter(({ name, metadataOnly }) => name === undefined && metadataOnly !== true)).toEqual(
      [],
    );
  });
});

test('a list of a kind answers for single objects of it, one with a selector does not', () => {
  const list = { kind: 'Service', namespace: 'a' } as const;
  const one = { kind: 'Service', namespace: 'a', name: 'x' } as const;
  const selected = { ...list, labelSelector: 'a=b' };
  expect(withoutRepeats([list, one, list])).toEqual([list]);
  expect(withoutRepeats([selected, one])).toEqual([selected, one]);
});

test('the Roles for some questions grant these and no more', () => {
  const roles = rolesOf(
    'reader',
    grantsFor([
      { kind: 'Gateway' },
      { kind: 'Secret', namespace: 'a', name: 'tls' },
      { kind: 'Namespace', name: 'a' },
    ]),
  );
  expect(roles.map(({ kind, metadata, rules }) => ({ kind, namespace: metadata.namespace, rules }))).toEqual([
    {
      kind: 'ClusterRole',
      namespace: undefined,
      rules: [
        { apiGroups: ['gateway.networking.k8s.io'], resources: ['gateways'], verbs: ['get', 'list'] },
        { apiGroups: [''], resources: ['namespaces'], verbs: ['get'], resourceNames: ['a'] },
      ],
    },
    {
      kind: 'Role',
      namespace: 'a',
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['tls'] }],
    },
  ]);
});
