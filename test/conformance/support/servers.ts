import { join } from 'node:path';
import { outputFolder } from '../../../tools/lib/paths.ts';
import { makeProcessFolder } from '../../../tools/lib/process-folder.ts';
import type { RunningProgram } from './program.ts';

/** Programs that run together and share a folder. */
export interface Servers {
  /** Their folder. */
  readonly state: string;
  /** Those that run, in the order in which they were started: whoever starts one adds it. */
  readonly programs: RunningProgram[];
  /** Ends them, the last one first, and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** Starts servers on ports that were free a moment ago; of those that do not come up nothing is left. */
export async function startServers<Started>(start: (servers: Servers) => Promise<Started>): Promise<Started> {
  try {
    return await tryToStart(start);
  } catch (error) {
    // Between finding a free port and listening on it, somebody else may have taken it.
    if (!String(error).includes('address already in use')) throw error;
    return await tryToStart(start);
  }
}

async function tryToStart<Started>(start: (servers: Servers) => Promise<Started>): Promise<Started> {
  const { path: state, remove } = makeProcessFolder(join(outputFolder, 'clusters'));
  const programs: RunningProgram[] = [];
  const stop = async () => {
    for (const program of programs.toReversed()) await program.stop();
    remove();
  };
  try {
    return await start({ state, programs, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}
