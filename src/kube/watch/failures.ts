import type { Failure } from '../failure.ts';
import { tooLargeFailure } from '../requests/status.ts';
import type { MachineSettings, Moment, Transition, WatchState } from './machine.ts';
import { take, wait } from './steps.ts';

/** So many times as large as usual may a page become. */
const LARGEST_PAGE = 16;
const MOST_BROKEN_LINES = 3;

/** What a failed request leads to. */
export function failed(
  state: WatchState,
  failure: Failure,
  moment: Moment,
  settings: MachineSettings,
): Transition {
  const { phase } = state;
  const isList = phase.kind === 'listing';
  if (isList && state.mode === 'stream' && isUnserved(failure)) {
    return take({ kind: 'list' }, { ...state, mode: 'pages' }, moment);
  }
  if (isExpired(failure)) {
    // Larger pages are done before they expire.
    const pageSize = isList ? Math.min(state.pageSize * 4, LARGEST_PAGE * settings.pageSize) : state.pageSize;
    return wait({ ...state, pageSize }, { kind: 'list' }, moment, isList ? failure : undefined);
  }
  if (failure.kind === 'tooLarge') return wait(state, { kind: 'list' }, moment, failure);
  if (isList) {
    const { token, count } = phase;
    const step =
      token === undefined ? ({ kind: 'list' } as const) : ({ kind: 'page', token, count } as const);
    return wait(state, step, moment, failure);
  }
  // A server that is only busy is the server that it was; any other may have been restored to an older state.
  return wait(state, { kind: failure.code === 429 ? 'watch' : 'check' }, moment, failure);
}

/** A line that cannot be read is asked for again; one that stays so is passed by a list. */
export function broken(state: WatchState, failure: Failure, moment: Moment): Transition {
  const stuck = state.stuck + 1;
  if (state.phase.kind === 'listing' || stuck >= MOST_BROKEN_LINES) {
    return wait({ ...state, stuck: 0 }, { kind: 'list' }, moment, failure);
  }
  return wait({ ...state, stuck }, { kind: 'watch' }, moment, failure);
}

export function tooMany({ place, maxObjects }: MachineSettings): Failure {
  return tooLargeFailure(place, `${maxObjects} objects`);
}

/** API servers that cannot stream lists refuse the words of the request. */
function isUnserved({ code }: Failure): boolean {
  return code === 400 || code === 422;
}

function isExpired({ code, reason, causes = [] }: Failure): boolean {
  const isAhead = causes.some(({ message }) => message.includes('Too large resource version'));
  return code === 410 || reason === 'Expired' || reason === 'Gone' || isAhead;
}
