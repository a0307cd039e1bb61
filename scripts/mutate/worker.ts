/**
 * Runs the tests of a bundle, its argument, with one mutant after the other, as the process that started it says. It may be killed at any
 * time: a mutant can make a loop that never ends.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect } from 'vitest';
import { projectRoot } from '../write-generated.ts';
import type { CollectedTest } from './collect.ts';
import { SWITCH } from './switches.ts';

/** What a worker is asked: what covers what, without any mutant; or whether tests notice one. */
export type Question = 'what covers what' | Trial;

/** Tests to run with a mutant on, in this sequence. */
export interface Trial {
  readonly mutant: number;
  readonly tests: readonly number[];
  /** The mutant is reached while the tests are read, so that they must be read with it. */
  readonly whileReading: boolean;
}

/** A test without any mutant. */
export interface Covering {
  readonly name: string;
  readonly passes: boolean;
  readonly milliseconds: number;
  readonly mutants: readonly number[];
}

/** What a worker answers, as JSON: the first test that fails with the mutant on, if one does; or what covers what. */
export type Answer =
  | { readonly caughtBy: number | 'reading the tests' | null }
  | { readonly covering: readonly Covering[]; readonly always: readonly number[] };

const required = createRequire(join(projectRoot, 'package.json'));

function setSwitch(decide: (id: number) => boolean): void {
  Object.assign(globalThis, { [SWITCH]: decide });
}

function collect(script: Script): readonly CollectedTest[] {
  globalThis.__collecting = { tests: [], expect };
  const program: unknown = script.runInThisContext();
  if (typeof program === 'function') program(required, {}, { exports: {} });
  return globalThis.__collecting.tests;
}

async function passes(test: CollectedTest): Promise<boolean> {
  try {
    await test.run();
    return true;
  } catch {
    return false;
  }
}

async function cover(script: Script): Promise<Answer> {
  let seen = new Set<number>();
  setSwitch((id) => {
    seen.add(id);
    return false;
  });
  const tests = collect(script);
  const always = [...seen];
  const covering: Covering[] = [];
  for (const test of tests) {
    seen = new Set();
    const started = performance.now();
    const passed = await passes(test);
    covering.push({
      name: test.name,
      passes: passed,
      milliseconds: performance.now() - started,
      mutants: [...seen],
    });
  }
  return { covering, always };
}

/** The tests as they were read without any mutant; reading them takes longer than most mutants live. */
let known: readonly CollectedTest[] | undefined;

async function tryMutant(script: Script, trial: Trial): Promise<Answer> {
  if (trial.whileReading) return await tryReading(script, trial);
  setSwitch(() => false);
  known ??= collect(script);
  const caughtBy = await firstToFail(known, trial);
  if (caughtBy === undefined) return { caughtBy: null };
  // A test that fails without the mutant as well rests on what an earlier one left behind.
  setSwitch(() => false);
  const test = known[caughtBy];
  if (test !== undefined && (await passes(test))) return { caughtBy };
  known = undefined;
  return await tryReading(script, trial);
}

/** Reads the tests with the mutant on. */
async function tryReading(script: Script, trial: Trial): Promise<Answer> {
  setSwitch((id) => id === trial.mutant);
  let collected: readonly CollectedTest[];
  try {
    collected = collect(script);
  } catch {
    return { caughtBy: 'reading the tests' };
  }
  return { caughtBy: (await firstToFail(collected, trial)) ?? null };
}

async function firstToFail(
  collected: readonly CollectedTest[],
  { mutant, tests }: Trial,
): Promise<number | undefined> {
  setSwitch((id) => id === mutant);
  for (const index of tests) {
    const test = collected[index];
    if (test === undefined || !(await passes(test))) return index;
  }
  return undefined;
}

const [, , bundle = ''] = process.argv;
const code = readFileSync(bundle, 'utf8');
const script = new Script(`(function (require, exports, module) {${code}\n})`, { filename: bundle });
process.on('message', async (question: Question) => {
  process.send?.(question === 'what covers what' ? await cover(script) : await tryMutant(script, question));
});
