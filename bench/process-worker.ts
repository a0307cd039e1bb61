import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A program that is started again and again. */
export interface Process {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A folder in which each run gets an empty home and cache of its own. */
  readonly fresh?: string;
}

export interface ProcessPlan {
  readonly processes: readonly Process[];
  readonly rounds: number;
}

/** Times on the clock by the name of the process, in milliseconds. */
export type ProcessTimes = Readonly<Record<string, readonly number[]>>;

/**
 * Runs all processes once for the caches of files and of compiled code, then in interleaved rounds. Argument: the plan as JSON.
 * It is a small program because starting a process costs more the more memory its parent holds.
 */
function main([text = '']: readonly string[]): void {
  const { processes, rounds }: ProcessPlan = JSON.parse(text);
  for (const one of processes) timeOf(one);
  const times: Record<string, number[]> = Object.fromEntries(processes.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of processes) times[one.name]?.push(timeOf(one));
  }
  const report: ProcessTimes = times;
  console.log(JSON.stringify(report));
}

function timeOf({ program, args, env, fresh }: Process): number {
  const home = fresh === undefined ? undefined : mkdtempSync(join(fresh, 'home-'));
  const own = home === undefined ? env : { ...env, HOME: home, XDG_CACHE_HOME: home };
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: own,
    maxBuffer: 64 * 2 ** 20,
  });
  const passed = performance.now() - start;
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed:\n${stderr ?? ''}${error?.message ?? ''}`);
  if (home !== undefined) rmSync(home, { recursive: true });
  return passed;
}

main(process.argv.slice(2));
