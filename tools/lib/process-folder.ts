import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that belongs to this process. */
export interface ProcessFolder {
  readonly path: string;
  remove(): void;
}

/**
 * Makes a new folder in `parent` that carries the id of this process in its name, and removes the folders that
 * processes which are no longer running left there.
 */
export function makeProcessFolder(parent: string): ProcessFolder {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (!isRunning(Number.parseInt(name, 10))) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const path = mkdtempSync(join(parent, `${process.pid}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // also a process of somebody else, whose folder this is not
  }
}
