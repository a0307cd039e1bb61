/** First in, first out. */
export interface Queue<T> {
  add(item: T): void;
  /** The first one, which is in it no more. */
  take(): T | undefined;
  isEmpty(): boolean;
  clear(): void;
}

/** How many places at the front are left empty before the rest moves up: shifting each time would move all of a long queue. */
const MOST_EMPTY = 1_024;

export function createQueue<T>(start: Iterable<T> = []): Queue<T> {
  let items = [...start];
  let first = 0;
  return {
    add: (item) => void items.push(item),
    take: () => {
      const item = items[first];
      if (first >= items.length) return undefined;
      first += 1;
      if (first >= MOST_EMPTY && first * 2 >= items.length) {
        items = items.slice(first);
        first = 0;
      }
      return item;
    },
    isEmpty: () => first >= items.length,
    clear: () => {
      items = [];
      first = 0;
    },
  };
}
