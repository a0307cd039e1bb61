import { isDeepStrictEqual } from 'node:util';

import type { Reading } from './helm-reading.ts';

/** Whether two readers give the same: equal values (`-0` is not `0`), or a refusal by both. */
export function sameReading(a: Reading, b: Reading): boolean {
  return a.ok ? b.ok && isDeepStrictEqual(a.values, b.values) : !b.ok;
}

/** Whether ours may stand beside Helm's: it gives the same, or refuses. */
export function agreesOrRefuses(ours: Reading, helm: Reading): boolean {
  return !ours.ok || sameReading(ours, helm);
}

/** On how many files two readers do not agree. */
export function countDifferences(
  first: readonly Reading[],
  second: readonly Reading[],
  agree: (a: Reading, b: Reading) => boolean = sameReading,
): number {
  return first.filter((reading, i) => !agree(reading, second[i] ?? { ok: false })).length;
}

/** The first few files on which readings differ, as lines for a failure message. */
export function differences(
  files: readonly (string | Uint8Array)[],
  first: readonly Reading[],
  second: readonly Reading[],
  agree: (a: Reading, b: Reading) => boolean = sameReading,
): readonly string[] {
  return files
    .flatMap((file, i) => {
      const a = first[i] ?? { ok: false };
      const b = second[i] ?? { ok: false };
      if (agree(a, b)) return [];
      return [`${JSON.stringify(file.toString())}: ${show(a)} and ${show(b)}`];
    })
    .slice(0, 20);
}

function show(reading: Reading): string {
  return reading.ok ? JSON.stringify(reading.values) : 'refused';
}
