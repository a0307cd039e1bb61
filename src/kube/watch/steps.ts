import type { Failure } from '../failure.ts';
import { backOff } from './back-off.ts';
import type { Effect, Moment, Step, Transition, WatchRequest, WatchState } from './machine.ts';

/** As client-go asks: between 5 and 10 minutes, so that not all watches end at once. */
const SHORTEST_WATCH_S = 300;

export function newWatch(pageSize: number): WatchState {
  return {
    phase: { kind: 'idle' },
    turn: 0,
    mode: 'stream',
    pageSize,
    failures: 0,
    stuck: 0,
    complete: false,
  };
}

/** Does a step now. */
export function take(step: Step, before: WatchState, moment: Moment): Transition {
  const state = { ...before, turn: before.turn + 1 };
  const timeoutSeconds = Math.floor(SHORTEST_WATCH_S * (1 + moment.random));
  const until = moment.now + timeoutSeconds * 1000;
  const ask = (request: WatchRequest): Effect => ({ do: 'request', turn: state.turn, request });
  switch (step.kind) {
    case 'list': {
      const isStream = state.mode === 'stream';
      const request: WatchRequest = isStream
        ? { kind: 'listStream', timeoutSeconds }
        : { kind: 'page', limit: state.pageSize };
      return {
        state: { ...state, phase: { kind: 'listing', until, count: 0 }, stuck: 0 },
        effects: [{ do: 'close' }, { do: 'beginList' }, ask(request)],
      };
    }
    case 'page': {
      const { token, count } = step;
      return {
        state: { ...state, phase: { kind: 'listing', until, count, token } },
        effects: [{ do: 'close' }, ask({ kind: 'page', limit: state.pageSize, token })],
      };
    }
    case 'check':
      return {
        state: { ...state, phase: { kind: 'checking' } },
        effects: [{ do: 'close' }, ask({ kind: 'newest' })],
      };
    case 'watch': {
      const { version } = state;
      if (version === undefined) return take({ kind: 'list' }, before, moment);
      return {
        state: { ...state, phase: { kind: 'opening', since: moment.now, until } },
        effects: [{ do: 'close' }, ask({ kind: 'watch', version, timeoutSeconds })],
      };
    }
  }
}

/**
 * Does a step later: when the server has said, or the longer the more has failed.
 *
 * @param failure what listeners are told; without it, nothing is wrong that they should know.
 */
export function wait(before: WatchState, step: Step, moment: Moment, failure?: Failure): Transition {
  const turn = before.turn + 1;
  const { milliseconds, failures } = backOff(before, moment, failure);
  const state: WatchState = { ...before, turn, failures, phase: { kind: 'waiting', next: step } };
  const effects: readonly Effect[] = [{ do: 'close' }, { do: 'wait', turn, milliseconds }];
  if (failure === undefined) return { state, effects };
  return { state: { ...state, failing: failure }, effects: [...effects, { do: 'tell' }] };
}

/** Nothing happens. */
export function stay(state: WatchState): Transition {
  return { state, effects: [] };
}
