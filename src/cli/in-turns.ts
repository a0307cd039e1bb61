const AT_ONCE = 8;

/** Does a piece of work for each item, eight at a time, and keeps their order. */
export async function inTurns<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  const waiting = items.entries();
  const takeOne = async (): Promise<void> => {
    for (const [index, item] of waiting) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeOne));
  return done;
}
