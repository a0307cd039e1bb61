/** The ConfigMaps of a server that is not there: objects, versions and what happened, as etcd keeps them. */
export interface FakeStore {
  put(name: string): void;
  remove(name: string): void;
  /** What is stored, by name, as `uid@version`. */
  state(): Readonly<Record<string, string>>;
  objects(): readonly FakeObject[];
  version(): number;
  /** What happened after a version; undefined when that is forgotten. */
  since(version: number): readonly FakeEvent[] | undefined;
  /** Forgets what happened until now. */
  compact(): void;
  save(): void;
  /** Back to what was saved: versions go on from there, and name other things than before. */
  restore(): void;
  /** Whether it ever went back: then versions of one object may go back too. */
  wasRestored(): boolean;
  /** Whether an object ever was stored so. */
  everHeld(mark: string): boolean;
  onEvent(hear: (event: FakeEvent) => void): void;
}

export interface FakeObject {
  readonly apiVersion: 'v1';
  readonly kind: 'ConfigMap';
  readonly metadata: {
    readonly name: string;
    readonly namespace: 'n';
    readonly uid: string;
    readonly resourceVersion: string;
  };
}

export interface FakeEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: FakeObject;
}

interface Snapshot {
  readonly version: number;
  readonly objects: ReadonlyMap<string, FakeObject>;
  readonly events: readonly FakeEvent[];
}

export function fakeStore(): FakeStore {
  let now: Snapshot = { version: 100, objects: new Map(), events: [] };
  let saved = now;
  let compactedAt = 0;
  let uids = 0;
  let restored = false;
  const held = new Set<string>();
  const hearers: ((event: FakeEvent) => void)[] = [];
  const commit = (type: FakeEvent['type'], name: string, uid: string): void => {
    const version = now.version + 1;
    const metadata = { name, namespace: 'n', uid, resourceVersion: String(version) } as const;
    const object: FakeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    const objects = new Map(now.objects);
    if (type === 'DELETED') objects.delete(name);
    else objects.set(name, object);
    held.add(mark(object));
    now = { version, objects, events: [...now.events, { type, object }] };
    for (const hear of hearers) hear({ type, object });
  };
  return {
    put: (name) => {
      const before = now.objects.get(name);
      uids += 1;
      commit(before === undefined ? 'ADDED' : 'MODIFIED', name, before?.metadata.uid ?? `u${uids}`);
    },
    remove: (name) => {
      const before = now.objects.get(name);
      if (before !== undefined) commit('DELETED', name, before.metadata.uid);
    },
    state: () => Object.fromEntries([...now.objects].sort().map(([name, object]) => [name, mark(object)])),
    objects: () => [...now.objects.values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
    version: () => now.version,
    since: (version) =>
      version < compactedAt
        ? undefined
        : now.events.filter(({ object }) => Number(object.metadata.resourceVersion) > version),
    compact: () => {
      compactedAt = now.version;
    },
    save: () => {
      saved = now;
    },
    restore: () => {
      now = saved;
      restored = true;
      compactedAt = Math.min(compactedAt, now.version);
    },
    wasRestored: () => restored,
    everHeld: (each) => held.has(each),
    onEvent: (hear) => hearers.push(hear),
  };
}

/** Who an object is at which version. */
export function mark({
  metadata,
}: {
  readonly metadata: { readonly uid?: string; readonly resourceVersion?: string };
}): string {
  return `${metadata.uid}@${metadata.resourceVersion}`;
}
