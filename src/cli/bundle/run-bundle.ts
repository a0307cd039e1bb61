import { writeFileSync } from 'node:fs';
import { isSamePlan, maskWorld } from '../../operator/bundle/index.ts';
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
  /** Whether tenants get other names. */
  readonly mask: boolean;
}

const NOT_MASKED = refusal(
  1,
  'expected the plan to be the same with other names, found that it is another one: something rests on these names',
  'leave out --mask, and give the file only to whom the names may be known',
);

/** Reads a cluster as the planner sees it, and writes it as a World. */
export async function runBundle(options: BundleOptions): Promise<Outcome> {
  const seen = await observeWorld(options);
  if (!seen.ok) return { exitCode: seen.exitCode, stderr: seen.stderr };
  const { exitCode, stderr } = seen;
  const masked = options.mask ? maskWorld(seen.world, Math.random) : undefined;
  if (masked !== undefined && !isSamePlan(seen.world, masked, seen.config)) return NOT_MASKED;
  const text = foldedJsonText(masked?.world ?? seen.world);
  if (options.out === undefined) return { exitCode, stdout: text, stderr };
  try {
    writeFileSync(options.out, text, { mode: 0o600 });
  } catch (error) {
    return refusal(74, `cannot write ${options.out}: found ${reasonOf(error)}`, 'choose another file');
  }
  return { exitCode, stderr: `${stderr}wrote ${printable(options.out)}\n` };
}
