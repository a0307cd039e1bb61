/** Where an index keeps its answers, so that whoever asks for one is known to have asked. */
export interface Table<T> {
  get(key: string): T | undefined;
  set(key: string, value: T | undefined): void;
  keys(): Iterable<string>;
}

/** Adds to a count; one of nothing is no entry. */
export function countUp(counts: Table<number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by || undefined);
}
