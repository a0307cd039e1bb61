import { writeFileSync } from 'node:fs';
import { foldedJsonText } from '../../text/json-text.ts';
import { reasonOf } from '../input/read-input.ts';
import type { Outcome } from '../outcome.ts';
import { refusal } from '../refusal.ts';
import type { SyncOptions } from '../sync/options.ts';
import { printable } from '../text/printable.ts';
import { observeWorld } from './observe-world.ts';

/** What `bundle` is told, checked. */
export interface BundleOptions extends SyncOptions {
  /** Standard output unless given. */
  readonly out: string | undefined;
}

/** Reads a cluster as the planner sees it, and writes it as a World. */
export async function runBundle(options: BundleOptions): Promise<Outcome> {
  const seen = await observeWorld(options);
  if (!seen.ok) return { exitCode: seen.exitCode, stderr: seen.stderr };
  const { world, exitCode, stderr } = seen;
  const text = foldedJsonText(world);
  if (options.out === undefined) return { exitCode, stdout: text, stderr };
  try {
    writeFileSync(options.out, text, { mode: 0o600 });
  } catch (error) {
    return refusal(74, `cannot write ${options.out}: found ${reasonOf(error)}`, 'choose another file');
  }
  return { exitCode, stderr: `${stderr}wrote ${printable(options.out)}\n` };
}
