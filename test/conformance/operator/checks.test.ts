import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../../src/operator/checks/check.ts';
import { checksOf } from '../../../src/operator/checks/rule.ts';
import { PREFLIGHT_RULES } from '../../../src/operator/preflight/rules.ts';
import { VERIFY_RULES } from '../../../src/operator/verify/rules.ts';
import type { BrokenState } from './broken-state.ts';
import { makeHealthy } from './healthy.ts';
import { PREFLIGHT_STATES } from './preflight-states.ts';
import { type Stage, startStage } from './stage.ts';
import { VERIFY_STATES } from './verify-states.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
  await makeHealthy(stage);
});
afterAll(() => stage?.stop());

const notOk = (checks: readonly Check[]) => checks.filter(({ verdict }) => verdict !== 'ok');

/** Breaks the cluster, makes the checks, and mends it whatever came of it. */
async function checksIn(
  state: BrokenState,
  make: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  const undo = await state.breaks?.(stage);
  try {
    return await make();
  } finally {
    await undo?.();
  }
}

function expectSaid(checks: readonly Check[], { code, verdict, found, next }: BrokenState): void {
  const said = notOk(checks).filter((check) => check.code === code);
  expect(said, JSON.stringify(notOk(checks), null, 1)).not.toEqual([]);
  const matching = said.find((check) => found.test(check.found));
  expect(matching, JSON.stringify(said, null, 1)).toBeDefined();
  expect(matching?.verdict).toBe(verdict);
  expect(matching?.next).toMatch(next);
}

describe('preflight', () => {
  const make = async ({ values, version, later = 0 }: BrokenState) => {
    const facts = await stage.preflight(values, Date.now() + later);
    return checksOf(
      PREFLIGHT_RULES,
      version === undefined ? facts : { ...facts, version: { seen: true, value: version } },
    );
  };

  test('says of a cluster on which everything is well that it is', async () => {
    const checks = checksOf(PREFLIGHT_RULES, await stage.preflight());
    expect(notOk(checks)).toEqual([]);
    expect(new Set(checks.map(({ code }) => code)).size).toBeGreaterThan(30);
  });

  test.each(PREFLIGHT_STATES.map((state) => [state.code, state.state, state] as const))(
    '%s: %s',
    async (_code, _what, state) => {
      expectSaid(await checksIn(state, () => make(state)), state);
    },
  );

  test('says after all of this that everything is well again', async () => {
    expect(notOk(checksOf(PREFLIGHT_RULES, await stage.preflight()))).toEqual([]);
  });
});

describe('verify', () => {
  const make = async ({ later = 0 }: BrokenState) =>
    checksOf(VERIFY_RULES, await stage.verify(Date.now() + later));

  test('says of a cluster on which everything is well that it is', async () => {
    const checks = checksOf(VERIFY_RULES, await stage.verify());
    expect(notOk(checks)).toEqual([]);
    expect(new Set(checks.map(({ code }) => code)).size).toBeGreaterThan(45);
  });

  test.each(VERIFY_STATES.map((state) => [state.code, state.state, state] as const))(
    '%s: %s',
    async (_code, _what, state) => {
      expectSaid(await checksIn(state, () => make(state)), state);
    },
  );

  test('says after all of this that everything is well again', async () => {
    expect(notOk(checksOf(VERIFY_RULES, await stage.verify()))).toEqual([]);
  });
});
