import { readFile, stat } from 'node:fs/promises';
import type { Clock, Result } from '../../kube/index.ts';
import { inventoryIn, MAX_DOCUMENT_BYTES } from './document.ts';
import type { InventorySource } from './inventory.ts';
import { polledInventory } from './polled.ts';

/** A file of a ConfigMap is replaced by way of links, which a watch of the file does not see. */
const EVERY_MS = 1_000;

/** The inventory in a file, read again when the file is another one. */
export function fileInventory(path: string, clock: Clock): InventorySource {
  let known: string | undefined;
  return polledInventory(clock, EVERY_MS, async () => {
    const read = await readWhenChanged(path, known);
    if (!read.ok) {
      known = undefined;
      return read;
    }
    if (read.value.bytes === undefined) return { ok: true, value: undefined };
    const inventory = inventoryIn(read.value.bytes, path);
    // A file that cannot be used is read again: whoever writes it may not be done.
    known = inventory.ok ? read.value.mark : undefined;
    return inventory;
  });
}

async function readWhenChanged(
  path: string,
  known: string | undefined,
): Promise<Result<{ readonly mark: string; readonly bytes: Uint8Array | undefined }>> {
  try {
    const { mtimeMs, size, ino, dev } = await stat(path);
    const mark = [mtimeMs, size, ino, dev].join(' ');
    if (size > MAX_DOCUMENT_BYTES) return unreadable(path, `one of ${size} bytes`);
    const bytes = mark === known ? undefined : await readFile(path);
    return { ok: true, value: { mark, bytes } };
  } catch (error) {
    return unreadable(path, error instanceof Error && 'code' in error ? String(error.code) : 'none');
  }
}

function unreadable(path: string, found: string): Result<never> {
  return {
    ok: false,
    failure: {
      kind: 'malformed',
      at: path,
      message: `expected a file with an inventory, found ${found}`,
      hint: 'check its path, and that it may be read; what was read before stays, and nothing is withdrawn',
    },
  };
}
