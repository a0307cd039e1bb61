import { availableParallelism } from 'node:os';

/** Calls `act` for every item, `limit` at a time (as many as there are cores unless given); results keep the order. */
export async function inParallel<T, R>(
  items: readonly T[],
  act: (item: T, index: number) => Promise<R>,
  limit: number = availableParallelism(),
): Promise<readonly R[]> {
  const results: R[] = new Array(items.length);
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await act(item, index);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker));
  return results;
}
