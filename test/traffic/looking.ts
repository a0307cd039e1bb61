import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { emitDocument } from '../../src/index.ts';
import type { Check } from '../../src/operator/checks/check.ts';
import { DNS_ADDRESS } from '../../tools/lab/addresses.ts';
import { PLATFORM_NAME, RELEASE, type Release } from '../../tools/lab/chart.ts';
import { controlPlaneName } from '../../tools/lab/clusters.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { IS_LONG } from '../../tools/lab/long.ts';
import { SYSTEM, targetOf } from '../support/worlds.ts';
import type { Entries } from './modes.ts';
import { workloadNames } from './names.ts';

/** What people who look at a platform type, and what they read. */
export interface Looked {
  readonly exitCode: number;
  /** Everything that is not ok, the worst first. */
  readonly said: readonly Check[];
  /** The first line as it stands on a terminal. */
  readonly firstLine: string;
}

/** That the certificates of tests are trusted by nobody is no fault of the platform. */
const OF_TEST_CERTIFICATES = 'CertificateServed';

/** After a change Pods come and go for a while, which is told. */
const PATIENCE_MS = 90_000;

async function look(words: readonly string[]): Promise<Looked> {
  const asJson = await run([...words, '-o', 'json']);
  if (asJson.stdout === undefined || asJson.stdout === '') throw new Error(asJson.stderr);
  const { checks }: { readonly checks: readonly Check[] } = JSON.parse(asJson.stdout);
  const said = checks.filter(({ verdict, code }) => verdict !== 'ok' && code !== OF_TEST_CERTIFICATES);
  const [first] = said;
  const firstLine =
    first === undefined ? '' : `${first.verdict} ${first.code} ${first.object}: found ${first.found}`;
  return { exitCode: asJson.exitCode, said, firstLine };
}

/** `verify` with requests to the platform, to each control plane and to each name of each cluster. */
export function verify({ host }: Pick<Lab, 'host'>, clusters: readonly number[]): Promise<Looked> {
  const names = clusters.flatMap((index) => [
    controlPlaneName(index),
    ...workloadNames(index).map(([name]) => name),
  ]);
  return look([
    ...['verify', RELEASE, '-n', SYSTEM, '--kubeconfig', host.kubeconfig, '--dns-server', DNS_ADDRESS],
    ...names.flatMap((name) => ['--hostname', name]),
  ]);
}

/** Looks again and again until something is said, a while at most; gives what was said last. */
export async function untilSaid(
  lookAgain: () => Promise<Looked>,
  isSaid: (looked: Looked) => boolean,
): Promise<Looked> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const looked = await lookAgain();
    if (isSaid(looked) || performance.now() > deadline) return looked;
    await sleep(300);
  }
}

/** Nothing is wrong or unknown; warnings may stay for minutes, such as that of a name that is asked about again later. */
export const isQuiet = ({ said }: Looked): boolean => said.every(({ verdict }) => verdict === 'warning');

/** The records that an operator sets: platform and control planes at their Gateways, the targets at that of workloads. */
export async function pointDns(
  lab: Pick<Lab, 'setRecords'>,
  entries: Entries,
  clusters: readonly number[],
): Promise<void> {
  await lab.setRecords({
    [PLATFORM_NAME]: [entries.platform],
    ...Object.fromEntries(
      clusters.flatMap((index) => [
        [controlPlaneName(index), [entries['control-plane']]],
        [targetOf(index), [entries.workload]],
      ]),
    ),
  });
}

/**
 * `verify` finds nothing wrong, and nothing that it could not look at.
 *
 * @param entries where the Gateways are; undefined with haproxy, where no request is sent to any.
 */
export async function expectVerified(
  lab: Lab,
  entries: Entries | undefined,
  clusters: readonly number[],
): Promise<void> {
  // A look takes a minute on a busy machine.
  if (!IS_LONG) return;
  if (entries !== undefined) await pointDns(lab, entries, clusters);
  const { said, exitCode } = await untilSaid(
    () => verify(lab, entries === undefined ? [] : clusters),
    isQuiet,
  );
  const wrong = said.filter(({ verdict }) => verdict !== 'warning');
  expect({ wrong, exitCode }).toEqual({ wrong: [], exitCode: 0 });
}

/** `preflight` finds nothing in the way of some values. */
export async function expectPreflight(
  { host }: Pick<Lab, 'host'>,
  { chart, values }: Pick<Release, 'chart' | 'values'>,
): Promise<void> {
  // A look takes a minute on a busy machine.
  if (!IS_LONG) return;
  const file = join(dirname(host.kubeconfig), 'preflight-values.yaml');
  writeFileSync(file, emitDocument(values));
  const words = ['preflight', RELEASE, '--chart', chart, '-n', SYSTEM, '-f', file];
  const { said, exitCode } = await look([...words, '--kubeconfig', host.kubeconfig]);
  expect({ said: said.filter(({ verdict }) => verdict !== 'warning'), exitCode }).toEqual({
    said: [],
    exitCode: 0,
  });
}
