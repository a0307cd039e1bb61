import { keyOf, type StoredObject } from '../object.ts';

/** One thing that has become true about a resource. */
export type Change =
  | { readonly kind: 'added' | 'changed'; readonly object: StoredObject }
  /** Its last state where the server sent it; without it, it was missing in a list. */
  | { readonly kind: 'removed'; readonly key: string; readonly uid: string; readonly object?: StoredObject };

export interface Observed {
  readonly changes: readonly Change[];
  /** The event does not fit what was known, so one before it was lost. */
  readonly gap: boolean;
}

/**
 * Who is there and at which version: turns lists and events into changes, each true and none twice. Objects themselves are
 * not kept.
 */
export interface Known {
  beginList(): void;
  listed(object: StoredObject): void;
  unlisted(object: StoredObject): void;
  /** What the list has changed, at once: nobody sees half a list. */
  endList(): readonly Change[];
  /**
   * What an event has changed.
   *
   * @param again whether its line may have come twice.
   */
  observed(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: StoredObject, again: boolean): Observed;
  size(): number;
}

interface Entry {
  readonly uid: string;
  readonly version: string;
}

export function createKnown(): Known {
  const known = new Map<string, Entry>();
  /** The list under way: who is in it, and the object where it is new. */
  let list = new Map<string, { readonly entry: Entry; readonly object: StoredObject | undefined }>();

  const entryOf = ({ metadata }: StoredObject): Entry => ({
    uid: metadata.uid,
    version: metadata.resourceVersion,
  });
  const removed = (key: string, { uid }: Entry, object?: StoredObject): Change => ({
    kind: 'removed',
    key,
    uid,
    ...(object === undefined ? {} : { object }),
  });
  /** What it means that an object is there now. */
  const place = (key: string, object: StoredObject): readonly Change[] => {
    const before = known.get(key);
    const entry = entryOf(object);
    known.set(key, entry);
    if (before === undefined) return [{ kind: 'added', object }];
    if (before.uid !== entry.uid) return [removed(key, before), { kind: 'added', object }];
    return before.version === entry.version ? [] : [{ kind: 'changed', object }];
  };

  return {
    size: () => known.size,
    beginList: () => {
      list = new Map();
    },
    listed: (object) => {
      const key = keyOf(object.metadata);
      const entry = entryOf(object);
      const before = known.get(key);
      const isSame = before?.uid === entry.uid && before.version === entry.version;
      list.set(key, { entry, object: isSame ? undefined : object });
    },
    unlisted: ({ metadata }) => {
      list.delete(keyOf(metadata));
    },
    endList: () => {
      const gone = [...known].flatMap(([key, entry]) => (list.has(key) ? [] : [removed(key, entry)]));
      for (const { key } of gone.filter((change) => change.kind === 'removed')) known.delete(key);
      const come = [...list].flatMap(([key, { object }]) => (object === undefined ? [] : place(key, object)));
      list = new Map();
      return [...gone, ...come];
    },
    observed: (type, object, again) => {
      const key = keyOf(object.metadata);
      const before = known.get(key);
      if (type === 'DELETED') {
        if (before === undefined) return { changes: [], gap: !again };
        known.delete(key);
        return { changes: [removed(key, before, object)], gap: before.uid !== object.metadata.uid };
      }
      const isExpected = type === 'ADDED' ? before === undefined : before?.uid === object.metadata.uid;
      return { changes: place(key, object), gap: !isExpected && !again };
    },
  };
}
