import { compareText } from '../world/json.ts';

/** Ids that are there and that the inventory does not list. */
export interface Unlisted {
  /** Notes whether an id is there. */
  note(id: string, isThere: boolean): void;
  /** Notes that an id was listed or left the list. */
  relist(id: string): void;
  /** In order. */
  ids(): readonly string[];
}

/** Kept up to date, since each plan asks for them and there are hardly any. */
export function unlisted(isListed: (id: string) => boolean): Unlisted {
  const there = new Set<string>();
  const found = new Set<string>();
  const relist = (id: string): void => {
    if (there.has(id) && !isListed(id)) found.add(id);
    else found.delete(id);
  };
  return {
    note: (id, isThere) => {
      if (isThere === there.has(id)) return;
      if (isThere) there.add(id);
      else there.delete(id);
      relist(id);
    },
    relist,
    ids: () => [...found].sort(compareText),
  };
}
