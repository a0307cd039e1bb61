import type { Cancel, Clock, Result } from '../../kube/index.ts';
import type { Inventory } from '../../planner/world/world.ts';
import { type InventorySnapshot, type InventorySource, UNREAD } from './inventory.ts';

/** Reads it; undefined: it is what it was when it was read last. Never throws. */
export type ReadInventory = (signal: AbortSignal) => Promise<Result<Inventory | undefined>>;

/** An inventory that is asked again and again. */
export function polledInventory(clock: Clock, everyMs: number, read: ReadInventory): InventorySource {
  const ended = new AbortController();
  let last = UNREAD;
  let isFailing = false;
  let cancel: Cancel = () => undefined;
  let running: Promise<void> = Promise.resolve();

  const look = async (tell: (snapshot: InventorySnapshot) => void): Promise<void> => {
    const answer = await read(ended.signal);
    if (ended.signal.aborted) return;
    if (!answer.ok) {
      isFailing = true;
      tell({ inventory: { ...last, complete: false }, failure: answer.failure });
    } else if (answer.value !== undefined || isFailing) {
      isFailing = false;
      last = answer.value ?? last;
      tell({ inventory: last });
    }
    cancel = clock.after(everyMs, () => {
      running = look(tell);
    });
  };
  return {
    start: (onSnapshot) => {
      running = look(onSnapshot);
    },
    stop: async () => {
      ended.abort();
      cancel();
      await running;
    },
  };
}
