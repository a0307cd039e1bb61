import type { Cells } from './facts.ts';

/** An input of which there is one. */
export interface LoneCell<T> {
  get(): T | undefined;
  /** undefined takes it away; a value that is the `same` as before stays the one that it was. */
  set(value: T | undefined): void;
}

export function loneCell<T>(
  table: <V>() => Cells<V>,
  same: (a: unknown, b: unknown) => boolean = Object.is,
): LoneCell<T> {
  const cells = table<T>();
  return {
    get: () => cells.get(ONLY),
    set: (value) => {
      if (!same(cells.get(ONLY), value)) cells.set(ONLY, value);
    },
  };
}

const ONLY = '';
