import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RunningProgram } from './program.ts';

/** Polls until `ready`; throws with the ends of the logs in `state` when a program has ended or 60 s have passed. */
export async function until(
  name: string,
  state: string,
  programs: readonly RunningProgram[],
  ready: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await ready())) {
    const end = programs.map((program) => program.ended()).find((ended) => ended !== undefined);
    if (end === undefined && performance.now() < deadline) {
      await sleep(50);
      continue;
    }
    const log = readdirSync(state)
      .filter((file) => file.endsWith('.log'))
      .map(
        (file) =>
          `${file}:\n${readFileSync(join(state, file), 'utf8').trim().split('\n').slice(-10).join('\n')}`,
      );
    throw new Error(`waiting for ${name}: ${end ?? 'not ready after 60 s'}\n${log.join('\n')}`);
  }
}
