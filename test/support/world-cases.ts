import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { RuntimeConfig } from '../../src/contract/runtime-config.ts';
import { type PlanResult, parseRuntimeConfig, plan, type World } from '../../src/planner/index.ts';
import { type JsonRecord, recordOf } from '../../src/planner/world/json.ts';
import { checkWorld, formatPath } from '../../src/planner/world/world-check.ts';
import { resolveWorld } from './world-fixture.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'fixtures/worlds');
const bases = readBases();

/** What a story says must be true of its plan; a pattern is a regular expression over action ids. */
export interface Expectation {
  readonly actions?: readonly string[];
  readonly noActions?: readonly string[];
  /** Kinds of all actions. */
  readonly onlyKinds?: readonly string[];
  readonly findings?: readonly string[];
  readonly noFindings?: readonly string[];
  /** By hostname: the cluster whose HTTPRoutes are written with it; null: nobody's. */
  readonly routes?: Readonly<Record<string, string | null>>;
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

/** The whole document of a story, as `kubebyon-gateway plan` takes it: its base with its difference. */
export function worldDocument(name: string): JsonRecord {
  return structuredClone(resolveWorld(`fixtures/worlds/${name}/world.yaml`, parse(storyText(name)), bases));
}

/** The file of a story as it is written: its comment, its base and what differs. */
export function storyText(name: string): string {
  return readFileSync(join(fixtures, name, 'world.yaml'), 'utf8');
}

export function readWorld(name: string): {
  readonly world: World;
  readonly env: Readonly<Record<string, string>>;
} {
  const { env, ...document } = worldDocument(name);
  const checked = checkWorld(document);
  if (checked.ok) return { world: checked.world, env: textsByName(env) };
  const problems = checked.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
  throw new Error(`${name} is not a world:\n${problems.join('\n')}`);
}

function textsByName(env: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordOf(env)).map(([name, value]) => {
      if (typeof value !== 'string') throw new Error(`env.${name}: expected a text; put it into quotes`);
      return [name, value];
    }),
  );
}

function readBases(): ReadonlyMap<string, unknown> {
  const folder = join(root, 'fixtures/world-bases');
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => [basename(file, '.yaml'), parse(readFileSync(join(folder, file), 'utf8'))]),
  );
}

export function planCase(name: string): PlanResult {
  const { world, env } = readWorld(name);
  return plan(world, configOf(env));
}

export function configOf(env: Readonly<Record<string, string>>): RuntimeConfig {
  const parsed = parseRuntimeConfig(env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

export function expectationOf(name: string): Expectation {
  return parse(readFileSync(join(fixtures, name, 'expect.yaml'), 'utf8'));
}

/** Where the golden of a story lies. */
export function goldenPath(name: string): string {
  return join(root, 'golden/worlds', `${name}.yaml`);
}

/** The plan of a story as its golden shows it. */
export function goldenText(name: string): string {
  return planAsText(planCase(name));
}

/** A plan as goldens show it: what to do, what is wrong, where everything stands. */
export function planAsText({ actions, findings, status, nextCheckAt }: PlanResult): string {
  return stringify(
    { actions, findings, status, nextCheckAt },
    { lineWidth: 120, aliasDuplicateObjects: false },
  );
}
