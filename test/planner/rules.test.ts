import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DECISIONS } from '../../src/planner/decisions.ts';
import { FINDING_KINDS } from '../../src/planner/findings.ts';
import { CERTIFICATE_TARGET_EXAMPLES, ORDER_EXAMPLES, SHARD_EXAMPLES } from './rules/certificates.ts';
import { GATE_EXAMPLES, REDIRECT_EXAMPLES } from './rules/gates.ts';
import {
  CLAIM_EXAMPLES,
  CONTROL_PLANE_EXAMPLES,
  RESERVED_EXAMPLES,
  TARGET_EXAMPLES,
} from './rules/refusals.ts';
import { OBJECT_LEAVING_EXAMPLES, ROUTE_LEAVING_EXAMPLES, WITHDRAWAL_EXAMPLES } from './rules/withdrawals.ts';

const EXAMPLES = [
  CONTROL_PLANE_EXAMPLES,
  TARGET_EXAMPLES,
  RESERVED_EXAMPLES,
  CLAIM_EXAMPLES,
  CERTIFICATE_TARGET_EXAMPLES,
  ORDER_EXAMPLES,
  GATE_EXAMPLES,
  REDIRECT_EXAMPLES,
  SHARD_EXAMPLES,
  ROUTE_LEAVING_EXAMPLES,
  OBJECT_LEAVING_EXAMPLES,
  WITHDRAWAL_EXAMPLES,
];

const planner = join(import.meta.dirname, '../../src/planner');
const textOf = (file: string): string => readFileSync(join(planner, file), 'utf8');

test('every list of rules is a decision that docs/runtime.md shows', () => {
  const files = readdirSync(planner, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const lists = files.flatMap((file) =>
    [...textOf(file).matchAll(/^(?:export )?const (\w+_RULES)\b/gm)].map(([, list]) => ({ list, file })),
  );
  const shown = DECISIONS.map(({ list, file }) => ({ list, file }));
  expect(lists).toHaveLength(shown.length);
  expect(lists).toEqual(expect.arrayContaining(shown));
});

test('every decision has examples', () => {
  expect(EXAMPLES.map(({ list }) => list)).toEqual(DECISIONS.map(({ list }) => list));
});

describe.each(DECISIONS)('$list', ({ list, rules }) => {
  const cases = EXAMPLES.find((one) => one.list === list)?.cases ?? [];

  test('has an example for every rule, in the order of the rules', () => {
    expect(cases.map(({ rule }) => rule)).toEqual(rules.map(({ name }) => name));
  });

  test.each(cases)('without $rule it would come out otherwise: $when', (example) => {
    expect(example.decideWith()).toEqual(example.verdict);
    expect(example.decideWithout()).not.toEqual(example.verdict);
  });

  test('tells the finding of a rule with its verdict', () => {
    const told = cases.map(({ verdict }) => JSON.stringify(verdict));
    for (const [index, { finding }] of rules.entries())
      if (finding !== undefined) expect(told[index]).toContain(`"${finding}"`);
  });

  test('says of every rule in a sentence what it does, and where it comes from', () => {
    for (const { name, says, source, finding } of rules) {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      expect(says, name).toMatch(/^[A-Z`].*\.$/);
      expect(source, name).not.toBe('');
      if (finding !== undefined) expect(FINDING_KINDS, name).toHaveProperty(finding);
    }
  });
});
