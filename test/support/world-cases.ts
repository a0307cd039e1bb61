import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type PlanResult, parseRuntimeConfig, plan, type World } from '../../src/runtime/index.ts';
import { checkWorld, formatPath } from '../../src/runtime/world-check.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'fixtures/worlds');

/** What a story says must be true of its plan; a pattern is a regular expression over action ids. */
export interface Expectation {
  readonly actions?: readonly string[];
  readonly noActions?: readonly string[];
  /** Kinds of all actions. */
  readonly onlyKinds?: readonly string[];
  readonly findings?: readonly string[];
  /** Texts that the golden holds, or does not hold. */
  readonly text?: readonly string[];
  readonly noText?: readonly string[];
  /** Backend of the first cluster. */
  readonly status?: { readonly mode?: string };
}

/** Names of all stories: the folders of fixtures/worlds. */
export function worldCases(): readonly string[] {
  return readdirSync(fixtures).sort();
}

export function readWorld(name: string): {
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
} {
  const { env, ...document }: { env: Record<string, string> } = parse(
    readFileSync(join(fixtures, name, 'world.yaml'), 'utf8'),
  );
  const checked = checkWorld(document);
  if (checked.ok) return { world: checked.world, env };
  const problems = checked.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
  throw new Error(`${name} is not a world:\n${problems.join('\n')}`);
}

export function planCase(name: string): PlanResult {
  const { world, env } = readWorld(name);
  const parsed = parseRuntimeConfig(env);
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.problems)}`);
  return plan(world, parsed.config);
}

export function expectationOf(name: string): Expectation {
  return parse(readFileSync(join(fixtures, name, 'expect.yaml'), 'utf8'));
}

/** Where the golden of a story lies. */
export function goldenPath(name: string): string {
  return join(root, 'golden/worlds', `${name}.yaml`);
}

/** A plan as its golden shows it: what to do, what is wrong, where everything stands. */
export function goldenText(name: string): string {
  const { actions, findings, status, nextCheckAt } = planCase(name);
  return stringify(
    { actions, findings, status, nextCheckAt },
    { lineWidth: 120, aliasDuplicateObjects: false },
  );
}
