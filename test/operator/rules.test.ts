import { expect, test } from 'vitest';
import { LEASE_NAME } from '../../src/controller/index.ts';
import { RUNBOOK_LINES } from '../../src/operator/checks/runbook.ts';
import { PREFLIGHT_RULES } from '../../src/operator/preflight/rules.ts';
import { CONTROLLER_LEASE } from '../../src/operator/verify/rules/controller-lease.ts';
import { VERIFY_RULES } from '../../src/operator/verify/rules.ts';
import { WHY_LINKS } from '../../src/operator/why/links.ts';
import { BROKEN_STATES } from '../conformance/operator/states.ts';

const COMMANDS = { preflight: PREFLIGHT_RULES, verify: VERIFY_RULES, why: WHY_LINKS };

test.each(Object.entries(COMMANDS))(
  'each check of %s is broken once in a test, and no other',
  (command, rules) => {
    const codes = rules.map(({ code }) => code);
    const broken = BROKEN_STATES.filter((state) => state.command === command).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect([...new Set(broken)].toSorted()).toEqual(codes.toSorted());
  },
);

test('there are 60 checks and more', () => {
  expect(PREFLIGHT_RULES.length + VERIFY_RULES.length).toBeGreaterThanOrEqual(60);
});

test('each line of the runbook that looks at something is replaced by a check, and checks name no other', () => {
  const replaced = [...PREFLIGHT_RULES, ...VERIFY_RULES].flatMap(({ replaces }) => replaces);
  expect([...new Set(replaced)].toSorted()).toEqual(RUNBOOK_LINES.map(({ line }) => line).toSorted());
});

test('what a check says next is an action, without a full stop', () => {
  for (const { code, next, looksAt } of [...PREFLIGHT_RULES, ...VERIFY_RULES, ...WHY_LINKS]) {
    expect(next, code).toMatch(/[^.]$/);
    expect(looksAt, code).toMatch(/\.$/);
  }
});

test('the Lease of the controller is that which the controller takes', () => {
  expect(CONTROLLER_LEASE).toBe(LEASE_NAME);
});
