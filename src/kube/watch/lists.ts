import { failed, tooMany } from './failures.ts';
import type { Effect, Line, MachineSettings, Moment, Page, Transition, WatchState } from './machine.ts';
import { stay, take } from './steps.ts';

/** A page has come. */
export function paged(state: WatchState, page: Page, moment: Moment, settings: MachineSettings): Transition {
  const { items, version, token } = page;
  if (state.phase.kind !== 'listing') return stay(state);
  const count = state.phase.count + items.length;
  if (count > settings.maxObjects) return failed(state, tooMany(settings), moment, settings);
  const listed: Effect = { do: 'listed', items };
  if (token !== undefined) return after([listed], take({ kind: 'page', token, count }, state, moment));
  const next = take({ kind: 'watch' }, whole(state, version, moment, settings), moment);
  return after([listed, { do: 'endList' }, { do: 'tell' }], next);
}

function after(first: readonly Effect[], { state, effects }: Transition): Transition {
  return { state, effects: [...first, ...effects] };
}

/** Everything has been seen up to a version. */
function whole(
  { failing: _, ...state }: WatchState,
  version: string,
  { now }: Moment,
  { pageSize }: MachineSettings,
): WatchState {
  return { ...state, version, complete: true, listedAt: now, pageSize };
}

/** A line of a list that is streamed. Before the bookmark that ends it, events are in no order. */
export function readList(
  state: WatchState,
  line: Exclude<Line, { readonly type: 'ERROR' | 'unreadable' }>,
  moment: Moment,
  settings: MachineSettings,
): Transition {
  const { phase } = state;
  if (phase.kind !== 'listing') return stay(state);
  switch (line.type) {
    case 'DELETED':
      return { state, effects: [{ do: 'unlisted', object: line.object }] };
    case 'BOOKMARK': {
      if (!line.endsList) return stay(state);
      const watching = { kind: 'watching', since: moment.now, until: phase.until } as const;
      return {
        state: { ...whole(state, line.version, moment, settings), phase: watching },
        effects: [{ do: 'endList' }, { do: 'tell' }],
      };
    }
    default: {
      const count = phase.count + 1;
      if (count > settings.maxObjects) return failed(state, tooMany(settings), moment, settings);
      return {
        state: { ...state, phase: { ...phase, count } },
        effects: [{ do: 'listed', items: [line.object] }],
      };
    }
  }
}
