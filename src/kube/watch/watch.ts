import type { Cancel, Clock, Random } from '../clock.ts';
import type { Failure } from '../failure.ts';
import { tooMany } from './failures.ts';
import { type Change, createKnown } from './known.ts';
import type { Effect, MachineSettings, News, WatchRequest } from './machine.ts';
import { reduce } from './reduce.ts';
import type { WatchSource } from './source.ts';
import { newWatch } from './steps.ts';
import { guardedTrim, type Trim } from './trim.ts';

/** Hears what a watch sees. What it throws is told to `onFault` and stops nothing. */
export interface WatchHandler {
  /** What has become true since the last call, in order. The first whole list comes as one call. */
  onChanges(changes: readonly Change[]): void;
  onHealth?(health: WatchHealth): void;
  /** A handler or a trim has thrown. */
  onFault?(error: unknown): void;
}

export interface WatchHealth {
  /** Whether a whole list was ever told: before that, what is absent proves nothing. */
  readonly complete: boolean;
  /** Why nothing new is heard at present; what was told stays true as of then. */
  readonly failing?: Failure;
}

export interface WatchSettings extends Omit<MachineSettings, 'place'> {
  readonly trim: Trim;
  /** A server that says nothing for so long is asked whether it is still there. */
  readonly silenceMs: number;
}

export interface Watch {
  health(): WatchHealth;
  /** Done when nothing of it is open. Nothing opens and nothing is told after the call. */
  stop(): Promise<void>;
}

/** The thin shell of {@link reduce}: does what it wants done, and tells it what comes of that. */
export function startWatch(
  source: WatchSource,
  handler: WatchHandler,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  settings: WatchSettings,
): Watch {
  let state = newWatch(settings.pageSize);
  let told: WatchHealth = { complete: false };
  const machine = { ...settings, place: source.place };
  const known = createKnown();
  const queue: News[] = [];
  let changes: Change[] = [];
  let cancelWait: Cancel = () => undefined;
  let running: AbortController | undefined;
  const open = new Set<Promise<void>>();

  const guarded = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      try {
        handler.onFault?.(error);
      } catch {
        // Who hears of faults has one of its own: there is nobody left to tell.
      }
    }
  };
  const trim = guardedTrim(settings.trim, (error) => guarded(() => handler.onFault?.(error)));
  /** At once, even when a handler says so while something is being done. */
  let isStopped = false;

  /** Changes come before the health that follows from them. */
  const flush = (): void => {
    if (changes.length === 0 || isStopped) return;
    const batch = changes;
    changes = [];
    guarded(() => handler.onChanges(batch));
  };
  const tell = (): void => {
    flush();
    const { complete, failing } = state;
    if (isStopped || (told.complete === complete && told.failing?.message === failing?.message)) return;
    const health: WatchHealth = { complete, ...(failing === undefined ? {} : { failing }) };
    told = health;
    guarded(() => handler.onHealth?.(health));
  };

  const hear = (news: News): void => {
    queue.push(news);
    if (queue.length > 1) return;
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      const { state: after, effects } = reduce(state, next, { now: clock.now(), random: random() }, machine);
      state = after;
      for (const effect of effects) perform(effect);
      queue.shift();
    }
  };

  const perform = (effect: Effect): void => {
    switch (effect.do) {
      case 'close':
        cancelWait();
        running?.abort();
        running = undefined;
        return;
      case 'wait': {
        const { turn } = effect;
        cancelWait = clock.after(effect.milliseconds, () => hear({ kind: 'timer', turn }));
        return;
      }
      case 'request':
        ask(effect.turn, effect.request);
        return;
      case 'beginList':
        known.beginList();
        return;
      case 'listed':
        for (const item of effect.items) known.listed(trim(item));
        return;
      case 'unlisted':
        known.unlisted(effect.object);
        return;
      case 'endList':
        changes.push(...known.endList());
        return;
      case 'observe': {
        const { changes: seen, gap } = known.observed(effect.type, trim(effect.object), effect.again);
        changes.push(...seen);
        if (gap) hear({ kind: 'gap', turn: state.turn });
        if (known.size() > settings.maxObjects) {
          hear({ kind: 'failed', turn: state.turn, failure: tooMany(machine) });
        }
        return;
      }
      case 'tell':
        tell();
        return;
    }
  };

  const ask = (turn: number, request: WatchRequest): void => {
    if (isStopped) return;
    const controller = new AbortController();
    running = controller;
    const work = converse(turn, request, controller);
    open.add(work);
    void work.finally(() => open.delete(work));
  };

  const converse = async (
    turn: number,
    request: WatchRequest,
    controller: AbortController,
  ): Promise<void> => {
    const silence = watchSilence(clock, settings.silenceMs, () => hear({ kind: 'closed', turn }));
    try {
      await source.ask(request, controller.signal, (batch) => {
        silence.heard();
        if (controller.signal.aborted) return;
        for (const news of batch) hear({ ...news, turn });
        flush();
      });
    } finally {
      silence.end();
      controller.abort();
    }
  };

  hear({ kind: 'start' });
  return {
    health: () => told,
    stop: async () => {
      isStopped = true;
      hear({ kind: 'stop' });
      await Promise.all(open);
    },
  };
}

/** Calls when nothing was heard for so long; looks at the clock now and then instead of starting a timer with each line. */
function watchSilence(clock: Clock, milliseconds: number, onSilence: () => void) {
  let heardAt = clock.now();
  let cancel: Cancel;
  const look = (): void => {
    const left = heardAt + milliseconds - clock.now();
    if (left <= 0) onSilence();
    else cancel = clock.after(left, look);
  };
  cancel = clock.after(milliseconds, look);
  return {
    heard: () => {
      heardAt = clock.now();
    },
    end: () => cancel(),
  };
}
