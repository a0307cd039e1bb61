import type { Cells } from './facts.ts';
import { type LoneCell, loneCell } from './lone-cell.ts';

/** The fields of a record, each an input of its own. */
export interface RecordCells<R extends object> {
  readonly get: <K extends keyof R>(key: K) => R[K] | undefined;
  readonly set: (record: R) => void;
}

export function recordCells<R extends object>(table: <T>() => Cells<T>): RecordCells<R> {
  const known = new Map<PropertyKey, LoneCell<unknown>>();
  let current: R | undefined;
  const cellOf = (key: PropertyKey): LoneCell<unknown> => {
    const cell = known.get(key) ?? loneCell<unknown>(table);
    known.set(key, cell);
    return cell;
  };
  return {
    get: (key) => {
      // The cell notes the read; the record has the value with its type.
      cellOf(key).get();
      return current?.[key];
    },
    set: (next) => {
      for (const [key, value] of Object.entries(next)) cellOf(key).set(value);
      for (const [key, cell] of known) if (!Object.hasOwn(next, key)) cell.set(undefined);
      current = next;
    },
  };
}
