/** Work that can pause: whoever runs it decides when to breathe. */
export type Slices<T> = Generator<undefined, T, undefined>;

/** Runs work to its end without a pause. */
export function finish<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Visits items, pausing after every `size` of them. */
export function* inSlices<T>(items: Iterable<T>, size: number, visit: (item: T) => void): Slices<void> {
  let left = size;
  for (const item of items) {
    visit(item);
    left -= 1;
    if (left > 0) continue;
    left = size;
    yield;
  }
}
