import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LAB_ID } from './own-network.ts';

/** Ids of the processes that a lab has started, and that still run. */
export function processesOf(lab: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && hasVariable(pid, `${LAB_ID}=${lab}`));
}

function hasVariable(pid: number, variable: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(variable);
  } catch {
    return false; // it has ended, or is somebody else's
  }
}

/** Ends every process that a lab has started, and waits until they are gone. */
export async function endProcesses(lab: string): Promise<void> {
  for (;;) {
    const left = processesOf(lab);
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    await sleep(50);
  }
}
