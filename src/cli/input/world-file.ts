import type { World } from '../../planner/world/world.ts';
import { checkWorld } from '../../planner/world/world-check.ts';
import { showFieldPath } from '../../text/field-path.ts';
import { locate, readDocument } from '../../yaml/index.ts';
import type { Outcome } from '../outcome.ts';
import { refusal } from '../refusal.ts';
import { readBytes, shownName } from './read-input.ts';

/** A world of some ten thousand hostnames has some ten megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A World, or how the command ends without it. */
export type WorldFile =
  | { readonly ok: true; readonly world: World }
  | { readonly ok: false; readonly outcome: Outcome };

/** Reads a World; "-" is standard input. The first thing that is wrong is told. */
export function readWorldFile(path: string): WorldFile {
  const file = shownName(path);
  const bytes = readBytes(path, MAX_BYTES);
  if (typeof bytes === 'string')
    return refused(66, `${file}: expected a file, found ${bytes}`, 'check the path');
  const document = readDocument(bytes, { file, large: true });
  if (!document.ok) {
    const [first] = document.problems;
    return refused(
      1,
      `${file}:${first?.line ?? 1}: ${first?.message ?? 'no YAML'}`,
      first?.hint ?? 'correct the file',
    );
  }
  const checked = checkWorld(document.value);
  if (checked.ok) return { ok: true, world: checked.world };
  const [first] = checked.problems;
  const where = first?.path ?? [];
  const { line } = locate(document.positions, where).value;
  return refused(
    1,
    `${file}:${line}: ${showFieldPath(where) || 'the world'}: ${first?.message ?? 'is none'}`,
    'kubebyon-gateway schema world prints what is expected',
  );
}

function refused(exitCode: 1 | 66, message: string, hint: string): WorldFile {
  return { ok: false, outcome: refusal(exitCode, message, hint) };
}
