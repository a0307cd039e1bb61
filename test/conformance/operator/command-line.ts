import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../scripts/write-generated.ts';
import { run } from '../../../src/cli/run.ts';
import type { Check } from '../../../src/operator/checks/check.ts';
import type { Report } from '../../../src/operator/checks/report.ts';
import { REPORT_SCHEMA } from '../../../src/operator/checks/schema.ts';
import { isRecord } from '../../../src/text/json.ts';
import type { KubeObject } from '../support/api-client.ts';
import { eventually } from './broken-state.ts';
import { MAY_STATES } from './may-states.ts';
import { NAMESPACE, type Stage, type Undo } from './stage.ts';

const COMPLETE = join(projectRoot, 'fixtures/multi-node/complete/values.yaml');
const PREFLIGHT = ['preflight', 'kubebyon', '--chart', 'multi-node', '-n', NAMESPACE, '-f', COMPLETE];
const VERIFY = ['verify', 'kubebyon', '-n', NAMESPACE, '--no-requests'];
const isReport = new Ajv({ strict: false }).compile<Report>(REPORT_SCHEMA);

async function reportOf(words: readonly string[], kubeconfig: string): Promise<Report> {
  const { stdout = '', stderr = '' } = await run([...words, '--kubeconfig', kubeconfig, '-o', 'json']);
  const report: unknown = JSON.parse(stdout === '' ? `"${stderr}"` : stdout);
  if (!isReport(report)) throw new Error(`${JSON.stringify(isReport.errors)} ${stderr}`);
  return report;
}

/** The commands as somebody runs them, at the cluster of the stage. */
export function commandLineTests(stageOf: () => Stage): void {
  describe('the command line', () => {
    test('preflight sends 40 requests at most', async () => {
      const { requests, counts } = await reportOf(PREFLIGHT, stageOf().cluster.kubeconfig);
      expect(requests).toBeLessThanOrEqual(40);
      expect(counts.unknown).toBe(0);
    });

    test('why ends with 3 where a link is broken, and names it last', async () => {
      const words = [
        'why',
        'nobody.test',
        '-n',
        NAMESPACE,
        '--no-requests',
        '--kubeconfig',
        stageOf().cluster.kubeconfig,
      ];
      const { exitCode, stdout = '' } = await run(words);
      expect(exitCode).toBe(3);
      expect(stdout).toContain('nobody.test: the first broken link is HostnameOwner, nobody.test\n');
    });

    test('verify of a release that is not there ends with 4', async () => {
      const words = [
        'verify',
        'other',
        '-n',
        NAMESPACE,
        '--no-requests',
        '--kubeconfig',
        stageOf().cluster.kubeconfig,
      ];
      expect(await run(words)).toMatchObject({
        exitCode: 4,
        stderr: expect.stringContaining('found no Deployment of it'),
      });
    });

    test.each([
      ['preflight', PREFLIGHT],
      ['verify', VERIFY],
    ])(
      '%s needs the permissions that it prints and no others, and goes on without one of them',
      async (name, words) => {
        const { stdout = '' } = await run([...words, '--permissions']);
        const roles = loadAll(stdout).flatMap((role) => (isRole(role) ? [role] : []));
        const reader = await readerWith(stageOf(), name, roles);
        // Roles are known to the API server a moment after they were written.
        const whole = await eventually(async () => {
          const report = await reportOf(words, reader.kubeconfig);
          expect(report.checks.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
          return report;
        });
        expect(whole.requests).toBeLessThanOrEqual(name === 'preflight' ? 40 : 400);
        if (name === 'preflight') for (const state of MAY_STATES) expectSaid(whole.checks, state);
        await reader.without('gateways');
        const partly = await eventually(async () => {
          const report = await reportOf(words, reader.kubeconfig);
          expect(report.counts.unknown).toBeGreaterThan(0);
          return report;
        });
        const unseen = partly.checks.filter(({ verdict }) => verdict === 'unknown');
        expect(unseen.map(({ found }) => found)).toContain(
          'you may not read gateways.gateway.networking.k8s.io in all namespaces',
        );
        expect(unseen[0]?.next).toContain('--permissions');
        expect(partly.counts.ok).toBeGreaterThan(10);
        await reader.remove();
      },
    );
  });
}

function expectSaid(
  checks: readonly Check[],
  { code, verdict, found, next }: (typeof MAY_STATES)[number],
): void {
  const said = checks.find(
    (check) => check.code === code && check.verdict === verdict && found.test(check.found),
  );
  expect(said, JSON.stringify(checks.filter((check) => check.code === code))).toBeDefined();
  expect(said?.next).toMatch(next);
}

interface Role extends KubeObject {
  readonly rules: readonly { readonly resources: readonly string[] }[];
}

function isRole(value: unknown): value is Role {
  return isRecord(value) && Array.isArray(value.rules);
}

interface Reader {
  readonly kubeconfig: string;
  /** Takes a resource out of the roles. */
  without(resource: string): Promise<void>;
  remove: Undo;
}

/** A service account with some roles and nothing else, and a kubeconfig with its token. */
async function readerWith(stage: Stage, name: string, roles: readonly Role[]): Promise<Reader> {
  const { api, kubeconfig } = stage.cluster;
  const account = `reader-${name}`;
  const undos: Undo[] = [
    await stage.add({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account, namespace: NAMESPACE },
    }),
  ];
  for (const role of roles) {
    undos.push(await stage.add(role), await stage.add(bindingOf(role, account)));
  }
  const token = await api.request({
    method: 'POST',
    path: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${account}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  });
  if (!token.ok) throw new Error(token.message);
  const { status } = token.object;
  const file = join(dirname(kubeconfig), `kubeconfig-${name}`);
  const config: unknown = load(readFileSync(kubeconfig, 'utf8'));
  const user = { token: isRecord(status) ? status.token : '' };
  writeFileSync(
    file,
    JSON.stringify({ ...(isRecord(config) ? config : {}), users: [{ name: 'admin', user }] }),
  );
  return {
    kubeconfig: file,
    without: async (resource) => {
      for (const { kind, metadata } of roles) {
        if (kind !== 'ClusterRole' && kind !== 'Role') continue;
        await stage.change(
          kind,
          metadata.name,
          (role) => {
            role.rules = role.rules.filter(
              ({ resources }: { resources: string[] }) => !resources.includes(resource),
            );
          },
          metadata.namespace,
        );
      }
    },
    remove: async () => {
      for (const undo of undos.toReversed()) await undo();
    },
  };
}

function bindingOf({ kind, metadata }: Role, account: string): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: NAMESPACE }],
  };
}
