/** Values in the order of their numbers, the smallest first. */
export interface Heap<T> {
  push(number: number, value: T): void;
  peek(): { readonly number: number; readonly value: T } | undefined;
  pop(): void;
}

export function createHeap<T>(): Heap<T> {
  const items: { readonly number: number; readonly value: T }[] = [];
  const isBefore = (one: number, other: number): boolean =>
    (items[one]?.number ?? Number.POSITIVE_INFINITY) < (items[other]?.number ?? Number.POSITIVE_INFINITY);
  const swap = (one: number, other: number): void => {
    const [a, b] = [items[one], items[other]];
    if (a === undefined || b === undefined) return;
    items[one] = b;
    items[other] = a;
  };
  return {
    peek: () => items[0],
    push: (number, value) => {
      let at = items.push({ number, value }) - 1;
      for (let parent = (at - 1) >> 1; at > 0 && isBefore(at, parent); parent = (at - 1) >> 1) {
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      swap(0, items.length - 1);
      items.pop();
      let at = 0;
      for (;;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        const child = isBefore(right, left) ? right : left;
        if (!isBefore(child, at)) return;
        swap(at, child);
        at = child;
      }
    },
  };
}
