import type { Change } from '../../../src/kube/watch/known.ts';
import type { WatchHandler, WatchHealth } from '../../../src/kube/watch/watch.ts';
import { type FakeStore, mark } from './fake-store.ts';

/** A listener that believes what it is told, and notes what cannot be. */
export interface Mirror extends WatchHandler {
  state(): Readonly<Record<string, string>>;
  /** Every change as `added a`, `changed a`, `removed a`. */
  readonly log: string[];
  readonly wrong: string[];
  readonly healths: WatchHealth[];
}

export function mirror(store: FakeStore): Mirror {
  const held = new Map<string, { readonly uid: string; readonly mark: string }>();
  const log: string[] = [];
  const wrong: string[] = [];
  const healths: WatchHealth[] = [];
  const apply = (change: Change): void => {
    const key = change.kind === 'removed' ? change.key : `n/${change.object.metadata.name}`;
    const before = held.get(key);
    log.push(`${change.kind} ${key.slice(2)}`);
    if (change.kind === 'removed') {
      if (before?.uid !== change.uid)
        wrong.push(`${key} of ${change.uid} is removed, but ${before?.uid} is there`);
      held.delete(key);
      return;
    }
    const { uid } = change.object.metadata;
    const seen = mark(change.object);
    if (!store.everHeld(seen)) wrong.push(`${key} ${seen} never was`);
    if (change.kind === 'added' && before !== undefined) wrong.push(`${key} is added twice`);
    if (change.kind === 'changed' && before?.uid !== uid)
      wrong.push(`${key} is changed, but ${before?.uid} is there`);
    if (before?.mark === seen) wrong.push(`${key} ${seen} is told twice`);
    if (before?.uid === uid && !store.wasRestored() && versionOf(before.mark) > versionOf(seen)) {
      wrong.push(`${key} goes back from ${before.mark} to ${seen}`);
    }
    held.set(key, { uid, mark: seen });
  };
  return {
    log,
    wrong,
    healths,
    state: () => Object.fromEntries([...held].sort().map(([key, each]) => [key.slice(2), each.mark])),
    onChanges: (changes) => {
      for (const change of changes) apply(change);
    },
    onHealth: (health) => {
      healths.push(health);
    },
  };
}

function versionOf(mark: string): number {
  return Number(mark.split('@')[1]);
}
