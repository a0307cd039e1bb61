import { CERTIFICATE_ANNOTATIONS } from '../../../../src/contract/labels.ts';
import type { ControllerParts } from '../../../../src/controller/controller.ts';
import { startSources } from '../../../../src/controller/sources.ts';
import { createWriter } from '../../../../src/controller/writes/writer.ts';
import { connect } from '../../../../src/kube/connection.ts';
import type { Failure, Kube, Result } from '../../../../src/kube/index.ts';
import { nodeTransport } from '../../../../src/kube/requests/node-transport.ts';
import { createLivePlanner } from '../../../../src/planner/index.ts';
import type { Change } from '../../../../src/planner/world/index.ts';
import type { Variant } from './bench.ts';

/** Controllers with one protection less each: what is wrong with many controllers that are written. */

type Connect = ControllerParts['connect'];

/** Another API server than it is. */
function seen(change: (kube: Kube) => Partial<Kube>): Variant {
  const changed: Connect = (credentials, options) => {
    const kube = connect(credentials, options);
    return { ...kube, ...change(kube) };
  };
  return { parts: { connect: changed } };
}

/** Facts as they are not. */
function told(change: (change: Change) => Change): Variant {
  return {
    parts: {
      startSources: (options) =>
        startSources({
          ...options,
          tell: (one) => options.tell(change(one)),
          tellEcho: (one) => options.tellEcho(change(one)),
        }),
    },
  };
}

/** Answers that fail in another way. */
function answering(change: (failure: Failure) => Failure): Variant {
  return seen((kube) => ({
    apply: async (...words) => changed(await kube.apply(...words), change),
    delete: async (...words) => changed(await kube.delete(...words), change),
  }));
}

function changed<T>(result: Result<T>, change: (failure: Failure) => Failure): Result<T> {
  return result.ok ? result : { ok: false, failure: change(result.failure) };
}

export const takesPartForTheWhole = told((change) => {
  if (change.of === 'inventory') return { ...change, inventory: { ...change.inventory, complete: true } };
  return change.of === 'host' ? { ...change, host: { ...change.host, complete: true } } : change;
});

/** Whatever stands under the name is deleted. */
export const deletesByName = seen((kube) => ({
  delete: async (resource, place, options) => {
    const live = await kube.get(resource, place);
    const uid = live.ok ? live.value?.metadata.uid : undefined;
    return kube.delete(resource, place, { uid: uid ?? options.uid });
  },
}));

export const createsWithoutLooking: Variant = { parts: { createOnly: (kube) => kube } };

/** Notes what it is about to do, and believes the note after its own crash. */
export function believesItsNotes(): Variant {
  const noted = new Set<string>();
  return {
    parts: {
      createWriter: (options) => {
        const writer = createWriter(options);
        return {
          ...writer,
          run: (actions, mark) => {
            const left = actions.filter(({ id }) => !noted.has(id));
            for (const { id } of left) noted.add(id);
            writer.run(left, mark);
          },
        };
      },
    },
  };
}

export const neverListsAgain = seen((kube) => ({
  watch: (options, handler) => kube.watch({ ...options, relistMs: Number.POSITIVE_INFINITY }, handler),
}));

export const needsNoLease: Variant = { options: ({ leader: _, ...rest }) => rest };

/** Takes every answer about the newest version for a newer one. */
export const trustsVersions: Variant = {
  options: (options) => ({
    ...options,
    makeTransport: (server, identity) => {
      const transport = nodeTransport(server, identity);
      return {
        close: transport.close,
        send: async (request) => {
          const answer = await transport.send(request);
          return request.path.endsWith('?limit=1') ? { ...answer, body: newest() } : answer;
        },
      };
    },
  }),
};

async function* newest(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify({ metadata: { resourceVersion: '999999999' } }));
}

export const doesNotWait = answering(({ retryAfterMs, ...failure }) =>
  retryAfterMs === undefined ? failure : { ...failure, retryAfterMs: 1 },
);

export const writesUnfenced: Variant = {
  parts: {
    connect: (credentials, options = {}) => {
      const { fence: _, ...rest } = options;
      return connect(credentials, rest);
    },
  },
};

export const neverPings: Variant = {
  options: (options) => ({ ...options, makeTransport: nodeTransport }),
};

/** Hears nothing after the first break, as an informer of client-node does. */
export const diesOfABreak = seen((kube) => ({
  watch: (options, handler) => {
    let isDead = false;
    return kube.watch(options, {
      ...handler,
      onChanges: (changes) => (isDead ? undefined : handler.onChanges(changes)),
      onHealth: (health) => {
        isDead ||= health.failing !== undefined;
        handler.onHealth?.(isDead ? { complete: true } : health);
      },
    });
  },
}));

/** One cluster that cannot be planned is no plan. */
export const choosesNobody: Variant = {
  parts: {
    createLivePlanner: (...words) => {
      const planner = createLivePlanner(...words);
      return {
        ...planner,
        *slices(now) {
          const planned = yield* planner.slices(now);
          if (planned.findings.some(({ severity }) => severity === 'error')) throw new Error('no plan');
          return planned;
        },
      };
    },
  },
};

export const seesNoEnd = told((change) => {
  if (change.of !== 'object' || change.object === null) return change;
  const { deletionTimestamp: _, ...metadata } = change.object.metadata;
  return { ...change, object: { ...change.object, metadata } };
});

/** Takes the orders that Certificates remember for older than they are. */
export const forgetsOrders = told((change) => {
  if (change.of !== 'object' || change.object?.kind !== 'Certificate') return change;
  const { annotations, ...metadata } = change.object.metadata;
  const forgotten = { ...annotations, [CERTIFICATE_ANNOTATIONS.orders]: '2020-01-01T00:00:00Z' };
  return { ...change, object: { ...change.object, metadata: { ...metadata, annotations: forgotten } } };
});

/** Measures with the time of day. */
export const goesByTheClock: Variant = {
  clock: (clock) => ({ ...clock, now: clock.wallTime }),
};

export const neverTakesNo = answering((failure) =>
  failure.code === 413 ? { ...failure, code: 500 } : failure,
);

export function discoversOnce(): Variant {
  const known = new Map<string, ReturnType<Kube['discover']>>();
  return seen((kube) => ({
    discover: (group) => {
      const found = known.get(group) ?? kube.discover(group);
      known.set(group, found);
      return found;
    },
  }));
}
