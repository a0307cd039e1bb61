import { join } from 'node:path';
import { Ajv } from 'ajv';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../scripts/write-generated.ts';
import { run } from '../../../src/cli/run.ts';
import type { Check } from '../../../src/operator/checks/check.ts';
import type { Report } from '../../../src/operator/checks/report.ts';
import { REPORT_SCHEMA } from '../../../src/operator/checks/schema.ts';
import { eventually } from './broken-state.ts';
import { CUSTOMER } from './healthy.ts';
import { MAY_STATES } from './may-states.ts';
import { isRole, readerWith } from './reader.ts';
import { NAMESPACE, type Stage } from './stage.ts';

const COMPLETE = join(projectRoot, 'fixtures/multi-node/complete/values.yaml');
const PREFLIGHT = ['preflight', 'kubebyon', '--chart', 'multi-node', '-n', NAMESPACE, '-f', COMPLETE];
const VERIFY = ['verify', 'kubebyon', '-n', NAMESPACE, '--no-requests'];
const WHY = ['why', CUSTOMER, '-n', NAMESPACE, '--no-requests'];
const OF_RELEASE = ['kubebyon', '--chart', 'multi-node', '-n', NAMESPACE, '-f', COMPLETE];
/** Commands that compare a release with its cluster, and a resource that nobody may read then. */
const COMPARING = [
  ['diff', ['diff', ...OF_RELEASE, '--live'], 'gateways', /^Gateway\//],
  ['import', ['import', ...OF_RELEASE], 'services', /^Service\//],
] as const;
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
      ['why', WHY],
    ])(
      '%s needs the permissions that it prints and no others, and goes on without one of them',
      async (name, words) => {
        const { stdout = '' } = await run([...words, '--permissions']);
        const roles = loadAll(stdout).flatMap((role) => (isRole(role) ? [role] : []));
        const reader = await readerWith(stageOf(), name, roles);
        // Roles are known to the API server a moment after they were written.
        const whole = await eventually(async () => {
          const report = await reportOf(words, reader.kubeconfig);
          const unseen = report.checks.filter(
            ({ verdict, code }) => verdict === 'unknown' && code !== NOT_ASKED,
          );
          expect(unseen).toEqual([]);
          return report;
        });
        expect(whole.requests).toBeLessThanOrEqual(name === 'preflight' ? 40 : 400);
        if (name === 'preflight') for (const state of MAY_STATES) expectSaid(whole.checks, state);
        await reader.without('gateways');
        const partly = await eventually(async () => {
          const report = await reportOf(words, reader.kubeconfig);
          expect(report.checks.map(({ found }) => found)).toContain(NO_GATEWAYS);
          return report;
        });
        const unseen = partly.checks.find(({ found }) => found === NO_GATEWAYS);
        expect(unseen).toMatchObject({
          verdict: 'unknown',
          next: expect.stringContaining('--permissions'),
        });
        expect(partly.counts.ok).toBeGreaterThan(name === 'why' ? 0 : 10);
        await reader.remove();
      },
    );

    test.each(COMPARING)(
      '%s needs the permissions that it prints and no others, and says nothing of what it may not read',
      async (name, words, resource, hidden) => {
        const { stdout = '' } = await run([...words, '--permissions']);
        const roles = loadAll(stdout).flatMap((role) => (isRole(role) ? [role] : []));
        const compared = (kubeconfig: string) => run([...words, '--kubeconfig', kubeconfig, '-o', 'json']);
        // Of a kind that was never asked for, the API server says for a moment that it is not ready.
        const whole = await eventually(async () => {
          const outcome = await compared(stageOf().cluster.kubeconfig);
          expect(outcome.stderr ?? '').toBe('');
          return outcome;
        });
        const reader = await readerWith(stageOf(), name, roles);
        await eventually(async () => expect(await compared(reader.kubeconfig)).toEqual(whole));
        await reader.without(resource);
        const partly = await eventually(async () => {
          const outcome = await compared(reader.kubeconfig);
          expect(outcome.stderr).toMatch(new RegExp(`warning: not compared: .*/${resource}`));
          return outcome;
        });
        const told = [...(partly.stdout ?? '').matchAll(/"object": "([^"]+)"/g)].map(
          ([, object = '']) => object,
        );
        expect(told.filter((object) => hidden.test(object))).toEqual([]);
        await reader.remove();
      },
    );
  });
}

/** DNS is not asked here. */
const NOT_ASKED = 'HostnameDNS';
const NO_GATEWAYS = 'you may not read gateways.gateway.networking.k8s.io in all namespaces';

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
