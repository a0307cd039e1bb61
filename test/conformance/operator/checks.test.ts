import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../../src/operator/checks/check.ts';
import { checksOf } from '../../../src/operator/checks/rule.ts';
import { PREFLIGHT_RULES } from '../../../src/operator/preflight/rules.ts';
import { VERIFY_RULES } from '../../../src/operator/verify/rules.ts';
import { WHY_LINKS } from '../../../src/operator/why/links.ts';
import type { BrokenState } from './broken-state.ts';
import { commandLineTests } from './command-line.ts';
import { CUSTOMER, makeHealthy } from './healthy.ts';
import { PREFLIGHT_STATES } from './preflight-states.ts';
import { type Stage, startStage } from './stage.ts';
import { VERIFY_STATES } from './verify-states.ts';
import { WHY_STATES } from './why-states.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await makeHealthy(stage);
});
afterAll(() => stage?.stop());

const notOk = (checks: readonly Check[]) => checks.filter(({ verdict }) => verdict !== 'ok');

/** What an API server has stored it may know a moment later: caches of roles and of policies. */
const PATIENCE_MS = 60_000;

/** Makes checks until they say what they should, or for a minute. */
async function untilSaid(
  make: () => Promise<readonly Check[]>,
  isSaid: (checks: readonly Check[]) => boolean,
): Promise<readonly Check[]> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const checks = await make();
    if (isSaid(checks) || performance.now() > deadline) return checks;
    await sleep(100);
  }
}

/** Breaks the cluster, makes the checks, and mends it whatever came of it. */
async function expectBroken(state: BrokenState, make: () => Promise<readonly Check[]>): Promise<void> {
  const { code, verdict, found, next } = state;
  const undo = await state.breaks?.(stage);
  try {
    const isIt = (check: Check): boolean =>
      check.code === code && check.verdict === verdict && found.test(check.found);
    const checks = await untilSaid(make, (all) => all.some(isIt));
    const said = checks.find(isIt);
    expect(said, JSON.stringify(notOk(checks), null, 1)).toBeDefined();
    expect(said?.next).toMatch(next);
  } finally {
    await undo?.();
  }
}

async function expectHealthy(make: () => Promise<readonly Check[]>, codes: number): Promise<void> {
  const checks = await untilSaid(make, (all) => notOk(all).length === 0);
  expect(notOk(checks)).toEqual([]);
  expect(new Set(checks.map(({ code }) => code)).size).toBeGreaterThanOrEqual(codes);
}

describe('preflight', () => {
  const make = async ({ values, version, later = 0 }: BrokenState) => {
    const facts = await stage.preflight(values, Date.now() + later);
    return checksOf(
      PREFLIGHT_RULES,
      version === undefined ? facts : { ...facts, version: { seen: true, value: version } },
    );
  };

  const healthy = async () => checksOf(PREFLIGHT_RULES, await stage.preflight());

  test('says of a cluster on which everything is well that it is', async () => {
    await expectHealthy(healthy, 38);
  });

  test.each(PREFLIGHT_STATES.map((state) => [state.code, state.state, state] as const))(
    '%s: %s',
    async (_code, _what, state) => {
      await expectBroken(state, () => make(state));
    },
  );

  test('says after all of this that everything is well again', async () => {
    await expectHealthy(healthy, 38);
  });
});

describe('verify', () => {
  const make = async ({ later = 0 }: BrokenState) =>
    checksOf(VERIFY_RULES, await stage.verify(Date.now() + later));

  const healthy = async () => checksOf(VERIFY_RULES, await stage.verify());

  test('says of a cluster on which everything is well that it is', async () => {
    await expectHealthy(healthy, 50);
  });

  test.each(VERIFY_STATES.map((state) => [state.code, state.state, state] as const))(
    '%s: %s',
    async (_code, _what, state) => {
      await expectBroken(state, () => make(state));
    },
  );

  test('says after all of this that everything is well again', async () => {
    await expectHealthy(healthy, 50);
  });
});

describe('why', () => {
  const make = async ({ requests = [] }: Pick<BrokenState, 'requests'>) =>
    checksOf(WHY_LINKS, { ...(await stage.verify()), hostname: CUSTOMER, requests });

  test('finds no broken link for a hostname that is served, and the evidence of each', async () => {
    const checks = await untilSaid(
      () => make({}),
      (all) => notOk(all).every(({ code }) => code === 'HostnameDNS'),
    );
    expect(notOk(checks).map(({ code }) => code)).toEqual(['HostnameDNS']);
    expect(checks.map(({ code, found }) => `${code}: ${found}`)).toEqual(
      expect.arrayContaining([
        'HostnameOwner: EdgeCluster tenant-a/c-1',
        'HostnameAddress: 203.0.113.3',
        'HostnameService: port 80',
        'HostnameEndpoints: 10.64.0.5 by podip',
      ]),
    );
  });

  test.each(WHY_STATES.map((state) => [state.code, state.state, state] as const))(
    '%s: %s',
    async (_code, _what, state) => {
      await expectBroken(state, () => make(state));
    },
  );
});

commandLineTests(() => stage);
