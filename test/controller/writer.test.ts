import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWriter, type Writer } from '../../src/controller/writes/writer.ts';
import type { Failure, Result, StoredObject } from '../../src/kube/index.ts';
import type { Action, ApplyAction } from '../../src/planner/world/index.ts';
import { type FakeClock, fakeClock } from '../kube/support/fake-clock.ts';

/** An action on the Service of a name. */
function action(name: string, more: Partial<ApplyAction> = {}): ApplyAction {
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'n' }, spec: {} } as const;
  return { ...NOTHING_ELSE, id: `apply ${name}`, verb: 'apply', object, ...more };
}

/** An action that deletes the Service of a name. */
function deletion(name: string, precondition: Action['precondition']): Action {
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'n' } };
  return { ...NOTHING_ELSE, id: `delete ${name}`, verb: 'delete', object, precondition };
}

const NOTHING_ELSE = {
  fieldManager: 'kubebyon',
  precondition: {},
  after: [],
  reason: 'a test',
  cluster: null,
} as const;

const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const REFERENCE = { apiVersion: 'v1', kind: 'Service', namespace: 'n' };

function refusal(code: number, more: Partial<Failure> = {}): Result<never> {
  const failure: Failure = {
    kind: 'status',
    at: 'PATCH x',
    message: 'expected success, found none',
    hint: '',
    code,
    ...more,
  };
  return { ok: false, failure };
}

/** An API server whose answers a test gives by hand. */
interface Bench {
  readonly clock: FakeClock;
  readonly writer: Writer;
  /** What has been sent, in order. */
  readonly sent: string[];
  /** What each apply asks for: uid, and resourceVersion. */
  readonly guards: readonly string[];
  /** What is read, by name. */
  readonly live: Map<string, StoredObject>;
  /** Plans that were asked for without an observation. */
  due: number;
  /** How often it was said that it may be idle now. */
  states: number;
  /** Names that are being written. */
  open(): readonly string[];
  answer(name: string, result: Result<never> | string): Promise<void>;
}

function bench(): Bench {
  const clock = fakeClock();
  const sent: string[] = [];
  const open = new Map<string, (result: Result<StoredObject>) => void>();
  const live = new Map<string, StoredObject>();
  const guards: string[] = [];
  const send = (verb: string, name: string): Promise<Result<StoredObject>> => {
    sent.push(`${verb} ${name}`);
    expect(open.has(name)).toBe(false);
    return new Promise((resolve) => open.set(name, resolve));
  };
  const state = { due: 0, states: 0 };
  const writer = createWriter({
    kube: {
      get: async (_, { name }) => {
        sent.push(`get ${name}`);
        return { ok: true, value: live.get(name) };
      },
      apply: (_, { metadata }) => {
        const { name, uid, resourceVersion } = metadata;
        guards.push([uid, resourceVersion].filter((one) => one !== undefined).join(' '));
        return send('apply', name);
      },
      delete: async (_, { name }) => {
        const result = await send('delete', name);
        return result.ok ? { ok: true, value: true } : result;
      },
    },
    clock,
    resourceOf: ({ apiVersion }) =>
      apiVersion === 'v1' || apiVersion === GATEWAY_API
        ? { group: '', version: 'v1', plural: 'services' }
        : undefined,
    mayForce: () => true,
    onEnded: () => undefined,
    onState: () => {
      state.states += 1;
    },
    onDue: () => {
      state.due += 1;
    },
  });
  return {
    clock,
    writer,
    sent,
    ...{ guards, live },
    get states() {
      return state.states;
    },
    get due() {
      return state.due;
    },
    open: () => [...open.keys()],
    answer: async (name, result) => {
      const resolve = open.get(name);
      open.delete(name);
      const metadata = { name, namespace: 'n', uid: name, resourceVersion: String(result) };
      resolve?.(
        typeof result === 'string'
          ? { ok: true, value: { apiVersion: 'v1', kind: 'Service', metadata } }
          : result,
      );
      await clock.settle();
    },
  };
}

describe('a writer', () => {
  test('has eight writes in flight at most', async () => {
    const { writer, open, answer } = bench();
    writer.run(
      Array.from({ length: 12 }, (_, index) => action(`o${index}`)),
      writer.mark(),
    );
    expect(open()).toHaveLength(8);
    await answer('o3', '10');
    expect(open()).toHaveLength(8);
    expect(open()).toContain('o8');
  });

  test('looks at thousands of actions in turns, says when it has, and misses none', async () => {
    const made = bench();
    const { clock, writer, sent, answer, open } = made;
    const blocked = Array.from({ length: 5_000 }, (_, index) => action(`o${index}`, { after: ['apply a'] }));
    writer.run([...blocked, action('a')], writer.mark());
    expect([sent, writer.isIdle()]).toEqual([[], false]);
    for (let turn = 0; turn < 10; turn += 1) await clock.settle();
    expect([sent, made.states > 0]).toEqual([['apply a'], true]);
    await answer('a', '10');
    for (let name = open()[0]; name !== undefined; name = open()[0]) await answer(name, '11');
    expect([sent.length, new Set(sent).size, writer.isIdle()]).toEqual([5_001, 5_001, true]);
  });

  test('knows what it has done, or may be doing, from what others do, and how much is left', async () => {
    const { writer, answer } = bench();
    const observed = (name: string, version: string | undefined) =>
      writer.observed({ ...REFERENCE, name }, version, 1);
    expect(observed('a', '1')).toBe(false);
    writer.run([action('a'), action('b')], writer.mark());
    expect([observed('a', '2'), writer.isWriting(), writer.left()]).toEqual([true, true, 2]);
    await answer('a', '3');
    expect([observed('a', '3'), observed('a', '4'), writer.left()]).toEqual([true, false, 1]);
    await answer('b', '5');
    expect([writer.isWriting(), writer.left()]).toEqual([false, 0]);
  });

  test('begins an action when those before it have succeeded, and never when one has not', async () => {
    const { writer, sent, answer } = bench();
    const actions = [
      action('c', { after: ['apply a', 'apply b'] }),
      action('a'),
      action('b'),
      action('d', { after: ['apply e'] }),
      action('e'),
    ];
    writer.run(actions, writer.mark());
    expect(sent).toEqual(['apply a', 'apply b', 'apply e']);
    await answer('a', '10');
    await answer('e', refusal(403));
    expect(sent).toHaveLength(3);
    await answer('b', '11');
    expect(sent).toEqual(['apply a', 'apply b', 'apply e', 'apply c']);
  });

  describe('though another plan was made meanwhile, which has not seen the write', () => {
    const pair = () => [action('a'), action('b', { after: ['apply a'] })];

    test('begins what comes after it as soon as it is done', async () => {
      const { writer, sent, answer } = bench();
      writer.run(pair(), writer.mark());
      writer.run(pair(), writer.mark());
      await answer('a', '10');
      expect(sent).toEqual(['apply a', 'apply b']);
    });

    test('begins it too when the write was done before that plan, whether the watch has shown it or not', async () => {
      for (const isShown of [false, true]) {
        const { writer, sent, answer } = bench();
        const mark = writer.mark();
        writer.run(pair().slice(0, 1), mark);
        await answer('a', '10');
        if (isShown) writer.observed({ ...REFERENCE, name: 'a' }, '10');
        writer.run(pair(), mark);
        expect(sent).toEqual(['apply a', 'apply b']);
      }
    });

    test('does not when the write was another one, has failed, or somebody has written since', async () => {
      const other = action('a', { precondition: { resourceVersion: '1' } });
      const changed = bench();
      changed.writer.run([other], changed.writer.mark());
      changed.writer.run(pair(), changed.writer.mark());
      await changed.answer('a', '10');
      expect(changed.sent).toEqual(['apply a']);

      const failed = bench();
      failed.writer.run(pair(), failed.writer.mark());
      failed.writer.run(pair(), failed.writer.mark());
      await failed.answer('a', refusal(409));
      expect(failed.sent).toEqual(['apply a']);

      const overwritten = bench();
      const mark = overwritten.writer.mark();
      overwritten.writer.run(pair().slice(0, 1), mark);
      await overwritten.answer('a', '10');
      overwritten.writer.observed({ ...REFERENCE, name: 'a' }, '11');
      overwritten.writer.run(pair(), mark);
      expect(overwritten.sent).toEqual(['apply a']);
    });

    test('waits for every other one before it', async () => {
      const { writer, sent, answer } = bench();
      const three = () => [action('a'), action('x'), action('b', { after: ['apply a', 'apply x'] })];
      writer.run(three(), writer.mark());
      writer.run(three(), writer.mark());
      await answer('a', '10');
      writer.run(three(), writer.mark());
      expect(sent).toEqual(['apply a', 'apply x']);
      await answer('x', '11');
      expect(sent).toEqual(['apply a', 'apply x', 'apply b']);
    });
  });

  test('writes an object again only from a plan that has seen what it wrote', async () => {
    const { writer, sent, answer } = bench();
    writer.run([action('a')], writer.mark());
    await answer('a', '10');
    writer.run([action('a')], writer.mark());
    writer.observed({ ...REFERENCE, name: 'a' }, '9');
    writer.run([action('a')], writer.mark());
    const stale = writer.mark();
    writer.observed({ ...REFERENCE, name: 'a' }, '10');
    writer.run([action('a')], stale);
    expect(sent).toEqual(['apply a']);
    writer.run([action('a')], writer.mark());
    expect(sent).toEqual(['apply a', 'apply a']);
  });

  test('needs no observation of a write whose outcome the watch has shown before the answer came', async () => {
    const { writer, sent, answer, ...rest } = bench();
    writer.run([action('a')], writer.mark());
    writer.observed({ ...REFERENCE, name: 'a' }, '10');
    writer.run([action('a')], writer.mark());
    await answer('a', '10');
    // The plan came while the write was on its way, so another is asked for.
    expect(rest.due).toBe(0);
    expect(sent).toEqual(['apply a']);
    writer.run([action('a')], writer.mark());
    expect(sent).toEqual(['apply a', 'apply a']);
  });

  test.each([
    ['a 409', refusal(409, { reason: 'Conflict' })],
    [
      'a 422 on the uid',
      refusal(422, { causes: [{ reason: '', field: 'metadata.uid', message: 'differs' }] }),
    ],
  ])(
    'after %s lets the object wait for a newer observation, and goes on with the others',
    async (_, result) => {
      const { writer, sent, answer } = bench();
      writer.run([action('a'), action('b', { after: ['apply a'] }), action('c')], writer.mark());
      await answer('a', result);
      await answer('c', '10');
      writer.run([action('a')], writer.mark());
      expect(sent).toEqual(['apply a', 'apply c']);
      writer.observed({ ...REFERENCE, name: 'a' }, '11');
      writer.run([action('a')], writer.mark());
      expect(sent).toEqual(['apply a', 'apply c', 'apply a']);
    },
  );

  test('after a 429 does the same again when told', async () => {
    const { clock, writer, sent, answer } = bench();
    writer.run([action('a'), action('b', { after: ['apply a'] })], writer.mark());
    await answer('a', refusal(429, { retryAfterMs: 7_000 }));
    await clock.advance(6_900);
    expect([sent, writer.isIdle()]).toEqual([['apply a'], false]);
    await clock.advance(200);
    await answer('a', '10');
    expect(sent).toEqual(['apply a', 'apply a', 'apply b']);
  });

  test('forgets what was to be done again when a newer plan does not want it', async () => {
    const { clock, writer, sent, answer } = bench();
    writer.run([action('a')], writer.mark());
    await answer('a', refusal(429));
    writer.run([], writer.mark());
    await clock.advance(60_000);
    expect([sent, writer.isIdle()]).toEqual([['apply a'], true]);
  });

  test.each([
    ['a validation', refusal(422, { reason: 'Invalid' })],
    ['a missing permission', refusal(403)],
    [
      'a field of another manager',
      refusal(409, { causes: [{ reason: 'FieldManagerConflict', field: '.x', message: '' }] }),
    ],
  ])('does not repeat what %s refuses until something changes', async (_, result) => {
    const { clock, writer, sent, answer } = bench();
    writer.run([action('a')], writer.mark());
    await answer('a', result);
    expect(writer.refusals()).toMatchObject([{ key: '/Service/n/a' }]);
    for (let time = 0; time < 5; time += 1) writer.run([action('a')], writer.mark());
    expect(sent).toEqual(['apply a']);
    const changed = action('a');
    writer.run(
      [
        {
          ...changed,
          object: {
            ...action('a').object,
            metadata: { name: 'a', namespace: 'n', labels: { other: 'true' } },
          },
        },
      ],
      writer.mark(),
    );
    expect(sent).toEqual(['apply a', 'apply a']);
    await answer('a', result);
    await clock.advance(5 * 60_000);
    writer.run([action('a')], writer.mark());
    expect(sent).toHaveLength(3);
    await answer('a', result);
    writer.run([], writer.mark());
    expect(writer.refusals()).toEqual([]);
  });

  test('asks for a new plan after a while when it does not know what came of a write', async () => {
    const one = bench();
    one.writer.run([action('a')], one.writer.mark());
    await one.answer('a', refusal(0, { kind: 'unreachable' }));
    one.writer.run([action('a')], one.writer.mark());
    expect(one.sent).toEqual(['apply a']);
    await one.clock.advance(1_100);
    expect(one.due).toBe(1);
    expect(one.sent).toEqual(['apply a', 'apply a']);
  });

  test('drops what has not begun when a newer plan comes', async () => {
    const { writer, sent, answer } = bench();
    writer.run(
      Array.from({ length: 9 }, (_, index) => action(`o${index}`)),
      writer.mark(),
    );
    writer.run([], writer.mark());
    await answer('o0', '10');
    expect(sent).toHaveLength(8);
    expect(sent).not.toContain('apply o8');
  });

  test('never sends a deletion that does not say of which object', async () => {
    const { writer, sent, clock } = bench();
    writer.run([deletion('a', {})], writer.mark());
    writer.run([deletion('b', { uid: 'u' })], writer.mark());
    await clock.settle();
    expect(sent).toEqual(['delete b']);
  });

  test('refuses what the API server does not serve', async () => {
    const { writer, sent, clock } = bench();
    const { object } = action('a');
    writer.run([action('a', { object: { ...object, apiVersion: 'x/v1' } })], writer.mark());
    await clock.settle();
    expect(sent).toEqual([]);
    expect(writer.refusals()[0]?.failure.message).toBe(
      'expected the API server to serve it, found that it does not',
    );
  });

  test('begins nothing after stop, and waits for what is on its way', async () => {
    const { writer, sent, answer, clock } = bench();
    writer.run(
      Array.from({ length: 9 }, (_, index) => action(`o${index}`)),
      writer.mark(),
    );
    let isStopped = false;
    void writer.stop().then(() => {
      isStopped = true;
    });
    for (let index = 0; index < 8; index += 1) {
      expect(isStopped).toBe(false);
      await answer(`o${index}`, '10');
    }
    await clock.settle();
    expect([isStopped, sent.length, clock.pending()]).toEqual([true, 8, 0]);
  });
});

/**
 * A loop as a controller has it: objects are wanted at a number, the planner sees them late, the API server fails now and then.
 */
test('whatever the API server answers and however late the watch is, everything is written, and once where nothing fails', async () => {
  const answers = fc.constantFrom('ok', 'ok', 'ok', 'conflict', 'busy', 'lost', 'done and lost');
  const property = fc.asyncProperty(
    fc.array(fc.tuple(fc.nat(5), fc.nat(3)), { minLength: 1, maxLength: 12 }),
    fc.array(answers, { maxLength: 20 }),
    fc.array(fc.nat(400), { minLength: 1, maxLength: 10 }),
    async (wishes, faults, delays) => {
      const clock = fakeClock();
      const stored = new Map<string, { readonly value: number; readonly version: number }>();
      const observed = new Map<string, { readonly value: number; readonly version: number }>();
      const wanted = new Map<string, number>();
      const inFlight = new Set<string>();
      const wrong: string[] = [];
      let version = 0;
      let writes = 0;
      let asked = 0;
      const delay = (): number => delays[asked % delays.length] ?? 0;
      const wait = (milliseconds: number): Promise<void> =>
        new Promise((resolve) => clock.after(milliseconds, resolve));

      const plan = (): void => {
        const mark = writer.mark();
        const actions = [...wanted].flatMap(([name, value]) => {
          if (observed.get(name)?.value === value) return [];
          const object = {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name, namespace: 'n' },
            spec: { healthCheckNodePort: value },
          } as const;
          return [
            action(name, {
              object,
              precondition: { resourceVersion: String(observed.get(name)?.version ?? 0) },
            }),
          ];
        });
        writer.run(actions, mark);
      };
      const store = (name: string, value: number): number => {
        if (stored.get(name)?.value === value) return stored.get(name)?.version ?? 0;
        version += 1;
        const now = { value, version };
        stored.set(name, now);
        clock.after(delay(), () => {
          if ((observed.get(name)?.version ?? 0) > now.version) return;
          observed.set(name, now);
          writer.observed({ ...REFERENCE, name }, String(now.version));
          plan();
        });
        return version;
      };
      const apply = async (name: string, value: number, planned: number): Promise<Result<StoredObject>> => {
        if (inFlight.has(name)) wrong.push(`${name} twice at a time`);
        if (inFlight.size >= 8) wrong.push('more than eight');
        // Nobody else writes here: a plan that is older than the last write is a stale one.
        if (planned < (acknowledged.get(name) ?? 0)) wrong.push(`${name} from an older observation`);
        inFlight.add(name);
        const fault = faults[asked] ?? 'ok';
        asked += 1;
        writes += 1;
        await wait(delay());
        inFlight.delete(name);
        if (fault === 'conflict' && stored.has(name)) {
          // Somebody else was there.
          store(name, -version - 1);
          return refusal(409, { reason: 'Conflict' });
        }
        if (fault === 'busy') return refusal(429, { retryAfterMs: 1_000 });
        if (fault === 'lost') return refusal(0, { kind: 'timeout' });
        const at = store(name, value);
        if (fault === 'done and lost') return refusal(0, { kind: 'unreachable' });
        acknowledged.set(name, at);
        const metadata = { name, namespace: 'n', uid: name, resourceVersion: String(at) };
        return { ok: true, value: { apiVersion: 'v1', kind: 'Service', metadata } };
      };
      const acknowledged = new Map<string, number>();
      const writer = createWriter({
        kube: {
          apply: (_, { metadata, spec }) =>
            apply(
              metadata.name,
              Number(Object(spec).healthCheckNodePort),
              Number(metadata.resourceVersion ?? 0),
            ),
          delete: async () => ({ ok: true, value: true }),
          get: async () => ({ ok: true, value: undefined }),
        },
        clock,
        resourceOf: () => ({ group: '', version: 'v1', plural: 'services' }),
        mayForce: () => true,
        onEnded: () => undefined,
        onState: () => undefined,
        onDue: plan,
      });
      for (const [name, value] of wishes) {
        wanted.set(`o${name}`, value);
        plan();
        await clock.advance(150);
      }
      await clock.advance(10 * 60_000);
      expect(wrong).toEqual([]);
      expect(Object.fromEntries([...stored].map(([name, { value }]) => [name, value]))).toEqual(
        Object.fromEntries(wanted),
      );
      expect(writer.isIdle()).toBe(true);
      const isQuiet = faults.slice(0, asked).every((fault) => fault === 'ok' || fault === 'conflict');
      const isSimple = new Set(wishes.map(([name]) => name)).size === wishes.length;
      if (isQuiet && isSimple && !faults.includes('conflict')) expect(writes).toBe(wishes.length);
    },
  );
  await fc.assert(property, { seed: 20_260_101, numRuns: 200 });
});

describe('what was refused as too old', () => {
  test('is planned again after half a minute, though nothing newer was seen', async () => {
    const one = bench();
    one.writer.run([action('a')], one.writer.mark());
    await one.answer('a', refusal(409));
    await one.clock.advance(29_000);
    expect(one.due).toBe(0);
    one.writer.run([action('a')], one.writer.mark());
    expect(one.sent).toEqual(['apply a']);
    await one.clock.advance(2_000);
    expect(one.due).toBe(1);
    one.writer.run([action('a')], one.writer.mark());
    expect(one.sent).toEqual(['apply a', 'apply a']);
  });

  const written = (kind: string, version: string): ApplyAction => ({
    ...action('a'),
    object: { ...action('a').object, apiVersion: GATEWAY_API, kind } as ApplyAction['object'], // of any kind
    precondition: { uid: 'u', resourceVersion: version },
  });
  /** Four writes of a kind whose status somebody writes faster than we see it; gives what the last one asked for. */
  async function starve(kind: string, generations: readonly number[], live: number) {
    const one = bench();
    const reference = { ...REFERENCE, apiVersion: GATEWAY_API, kind, name: 'a' };
    const metadata = { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '99', generation: live };
    one.live.set('a', { apiVersion: GATEWAY_API, kind, metadata });
    for (const [index, generation] of generations.entries()) {
      one.writer.observed(reference, `${index}`, generation);
      one.writer.run([written(kind, `${index}`)], one.writer.mark());
      await one.clock.settle();
      if (one.open().length > 0) await one.answer('a', refusal(409));
    }
    return one;
  }

  test('by a storm of status writes is written by its generation, after a look at what stands there', async () => {
    const one = await starve('Gateway', [7, 7, 7, 7], 7);
    expect(one.guards).toEqual(['u 0', 'u 1', 'u 2', 'u']);
    expect(one.sent).toEqual(['apply a', 'apply a', 'apply a', 'get a', 'apply a']);
  });

  test('is not written when its spec is another one by then, or the plan has not seen it', async () => {
    expect((await starve('Gateway', [7, 7, 7, 7], 8)).guards).toEqual(['u 0', 'u 1', 'u 2']);
    const unseen = await starve('Gateway', [7, 7, 7], 8);
    const mark = unseen.writer.mark();
    unseen.writer.observed({ ...REFERENCE, apiVersion: GATEWAY_API, kind: 'Gateway', name: 'a' }, '3', 8);
    unseen.writer.run([written('Gateway', '2')], mark);
    await unseen.clock.settle();
    expect(unseen.guards).toEqual(['u 0', 'u 1', 'u 2']);
  });

  test('of a kind that carries something beside its spec keeps its resourceVersion', async () => {
    expect((await starve('Certificate', [7, 7, 7, 7], 7)).guards).toEqual(['u 0', 'u 1', 'u 2', 'u 3']);
  });
});

describe('an object that somebody changes back each time', () => {
  const ofType = (type: 'ClusterIP' | 'NodePort'): ApplyAction => {
    const metadata = { name: 'a', namespace: 'n' };
    return action('a', { object: { apiVersion: 'v1', kind: 'Service', metadata, spec: { type } } });
  };

  /** It is written, seen, and changed back by somebody, so often; gives when each write was sent. */
  async function fight(one: Bench, count: number): Promise<readonly number[]> {
    const times: number[] = [];
    let version = 0;
    for (let round = 0; round < count; round += 1) {
      one.writer.run([action('a')], one.writer.mark());
      const begun = one.clock.now();
      while (one.open().length === 0 && one.clock.now() - begun < 600_000) await one.clock.advance(100);
      times.push(one.clock.now());
      version += 1;
      await one.answer('a', String(version));
      one.writer.observed({ ...REFERENCE, name: 'a' }, String(version));
      version += 1;
      one.writer.observed({ ...REFERENCE, name: 'a' }, String(version));
    }
    return times;
  }

  test('is written less and less often, and at once when there is something else to say', async () => {
    const one = bench();
    const times = await fight(one, 16);
    const gaps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1_000));
    expect(gaps).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    const other = ofType('ClusterIP');
    const sent = one.sent.length;
    one.writer.run([other], one.writer.mark());
    await one.clock.settle();
    expect(one.sent.length).toBeGreaterThan(sent);
  });

  test('is a finding that names who wrote last, until it is over', async () => {
    const one = bench();
    const managed = (manager: string, time: string) => ({ manager, operation: 'Update', time });
    const managedFields = [
      managed('older', '2026-01-01T00:00:00Z'),
      managed('other-controller', '2026-01-02T00:00:00Z'),
      managed('kubebyon-edge-sync', '2026-01-03T00:00:00Z'),
    ];
    const metadata = { name: 'a', namespace: 'n', uid: 'a', resourceVersion: '1', managedFields };
    one.live.set('a', { apiVersion: 'v1', kind: 'Service', metadata });
    await fight(one, 3);
    expect(one.writer.findings()).toEqual([]);
    await fight(one, 3);
    expect(one.writer.findings()).toMatchObject([
      {
        code: 'ObjectFoughtOver',
        message: 'Service n/a: field manager other-controller changes it back',
        object: { kind: 'Service', namespace: 'n', name: 'a' },
      },
    ]);
    expect(one.writer.findings()).toBe(one.writer.findings());
    await one.clock.advance(3_600_000);
    expect(one.writer.findings()).toEqual([]);
  });

  test('that is not changed back is written as often as there is something to say', async () => {
    const one = bench();
    for (let round = 0; round < 20; round += 1) {
      const type = round % 2 === 0 ? 'ClusterIP' : 'NodePort';
      one.writer.run([ofType(type)], one.writer.mark());
      expect(one.open()).toEqual(['a']);
      await one.answer('a', String(round));
      one.writer.observed({ ...REFERENCE, name: 'a' }, String(round));
    }
    expect(one.sent.filter((line) => line.startsWith('get'))).toEqual([]);
  });
});
