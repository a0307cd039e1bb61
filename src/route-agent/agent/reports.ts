import { compareVersions, type Failure, type Kube, keyOf, type StoredObject } from '../../kube/index.ts';
import { createPool } from '../../process/pool.ts';
import { boundedName } from '../../text/bounded-name.ts';
import { get, listOf } from '../../text/json.ts';
import { sameData } from '../../text/same-data.ts';
import { ROUTE_PLANS } from './plan-source.ts';

/** The item of this Node in the status of a plan; undefined: it has none. */
export type NodeItem = Readonly<Record<string, unknown>> | undefined;

export interface ReportsOptions {
  readonly kube: Pick<Kube, 'apply'>;
  readonly nodeName: string;
  readonly onWritten: (result: 'done' | 'failed') => void;
  readonly onTrouble: (failure: Failure) => void;
  readonly onFault: (error: unknown) => void;
}

/** Says in the status of RoutePlans what this Node has: its own item only, and only when it is another one. */
export interface Reports {
  tell(object: StoredObject, item: NodeItem): void;
  /** Nothing is left to say of plans that are gone. */
  forgetAllBut(known: ReadonlyMap<string, unknown>): void;
  /** Whether every report that was told is stored. */
  isSettled(): boolean;
  stop(): Promise<void>;
}

const MAX_RUNNING = 4;

/** The field manager of an agent; each Node has its own, so that agents never take each other's fields. */
export function agentFieldManager(nodeName: string): string {
  return boundedName(`kubebyon-route-agent-${nodeName}`);
}

export function reportToPlans(options: ReportsOptions): Reports {
  const { kube, nodeName, onWritten, onTrouble, onFault } = options;
  const pool = createPool(MAX_RUNNING, onFault);
  /** What was stored last, until the watch shows it. */
  const written = new Map<
    string,
    { readonly uid: string; readonly version: string; readonly item: NodeItem }
  >();
  /** Plans whose stored report is another than the one told. */
  const behind = new Set<string>();

  /** What the object holds, or what is stored since it was read. */
  const known = ({ metadata, status }: StoredObject, key: string): NodeItem => {
    const last = written.get(key);
    const isOlder = last !== undefined && (compareVersions(metadata.resourceVersion, last.version) ?? 0) < 0;
    if (last?.uid === metadata.uid && isOlder) return last.item;
    const [item] = listOf(get(status, 'nodes'));
    return item === undefined || item === null || typeof item !== 'object' ? undefined : { ...item };
  };
  const write = async (object: StoredObject, item: NodeItem, key: string): Promise<void> => {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace, uid } = metadata;
    // An empty list takes our item out and leaves others; without the list, a status of ours alone would become null.
    const status = { nodes: item === undefined ? [] : [item] };
    const answer = await kube.apply(
      ROUTE_PLANS,
      {
        apiVersion,
        kind,
        metadata: { name, uid, ...(namespace === undefined ? {} : { namespace }) },
        status,
      },
      { fieldManager: agentFieldManager(nodeName), force: true, subresource: 'status' },
    );
    onWritten(answer.ok ? 'done' : 'failed');
    if (!answer.ok) {
      // One that is gone, or made anew, is told of by the watch.
      const isGone = answer.failure.code === 404 || answer.failure.code === 409;
      if (!isGone) onTrouble(answer.failure);
      return;
    }
    written.set(key, { uid, version: answer.value.metadata.resourceVersion, item });
    behind.delete(key);
  };
  return {
    tell: (object, item) => {
      const key = keyOf(object.metadata);
      if (sameData(known(object, key), item)) {
        behind.delete(key);
        return;
      }
      behind.add(key);
      pool.add(key, () => write(object, item, key));
    },
    forgetAllBut: (objects) => {
      for (const key of written.keys()) if (!objects.has(key)) written.delete(key);
      for (const key of behind) if (!objects.has(key)) behind.delete(key);
    },
    isSettled: () => behind.size === 0,
    stop: pool.stop,
  };
}
