import { failuresUntil } from './back-off.ts';
import { broken, failed } from './failures.ts';
import { paged, readList } from './lists.ts';
import type { Line, MachineSettings, Moment, News, Transition, WatchState } from './machine.ts';
import { stay, take, wait } from './steps.ts';
import { compareVersions } from './versions.ts';

/** A watch that ends sooner than this by itself is no watch. */
const SHORTEST_LIFE_MS = 1_000;

/** A watch may end a little before its time. */
const EARLY_MS = 10_000;

/**
 * The whole behaviour of a watch: what it hears changes its state and says what is to be done. Pure: time and chance come
 * with the news.
 */
export function reduce(state: WatchState, news: News, moment: Moment, settings: MachineSettings): Transition {
  if (state.phase.kind === 'stopped') return stay(state);
  if (news.kind === 'stop')
    return { state: { ...state, phase: { kind: 'stopped' } }, effects: [{ do: 'close' }] };
  if (news.kind === 'start') return take({ kind: 'list' }, state, moment);
  if (news.turn !== state.turn) return stay(state);
  switch (news.kind) {
    case 'timer':
      return state.phase.kind === 'waiting' ? take(state.phase.next, state, moment) : stay(state);
    case 'opened':
      return opened(state, moment);
    case 'page':
      return paged(state, news.page, moment, settings);
    case 'newest':
      return take({ kind: isOlder(news.version, state.version) ? 'list' : 'watch' }, state, moment);
    case 'line':
      return read(state, news.line, moment, settings);
    case 'closed':
      return closed(state, moment, settings);
    case 'failed':
      return failed(state, news.failure, moment, settings);
    case 'gap':
      return wait(state, { kind: 'list' }, moment);
  }
}

/** Nothing is wrong any more; whether that lasts shows later. */
function opened(before: WatchState, { now }: Moment): Transition {
  const { failing, ...state } = before;
  if (state.phase.kind !== 'opening') return stay(before);
  return {
    state: { ...state, phase: { ...state.phase, kind: 'watching', since: now } },
    effects: failing === undefined ? [] : [{ do: 'tell' }],
  };
}

function read(state: WatchState, line: Line, moment: Moment, settings: MachineSettings): Transition {
  if (line.type === 'ERROR') return failed(state, line.failure, moment, settings);
  if (line.type === 'unreadable') return broken(state, line.failure, moment);
  if (state.phase.kind === 'listing') return readList(state, line, moment, settings);

  const version = line.type === 'BOOKMARK' ? line.version : line.object.metadata.resourceVersion;
  const order = compareVersions(version, state.version ?? '');
  // The server's past has changed, or a line came late: only a list tells which.
  if (order !== undefined && order < 0) return wait(state, { kind: 'list' }, moment);
  const next = { ...state, version, stuck: 0 };
  if (line.type === 'BOOKMARK') return stay(next);
  return {
    state: next,
    effects: [{ do: 'observe', type: line.type, object: line.object, again: order === 0 }],
  };
}

function closed(before: WatchState, moment: Moment, { relistMs }: MachineSettings): Transition {
  const state = { ...before, failures: failuresUntil(before, moment) };
  const { phase } = state;
  // A list that ends before its bookmark: the server does not know how to stream one.
  if (phase.kind === 'listing') return wait({ ...state, mode: 'pages' }, { kind: 'list' }, moment);
  if (phase.kind !== 'watching') return stay(state);
  if (moment.now - phase.since < SHORTEST_LIFE_MS) return wait(state, { kind: 'check' }, moment);
  if (moment.now - (state.listedAt ?? 0) >= relistMs) return take({ kind: 'list' }, state, moment);
  return take({ kind: moment.now < phase.until - EARLY_MS ? 'check' : 'watch' }, state, moment);
}

function isOlder(version: string, than: string | undefined): boolean {
  return than !== undefined && (compareVersions(version, than) ?? 0) < 0;
}
