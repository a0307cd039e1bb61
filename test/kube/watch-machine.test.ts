import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/kube/failure.ts';
import type { Line, News, WatchState } from '../../src/kube/watch/machine.ts';
import { reduce } from '../../src/kube/watch/reduce.ts';
import { newWatch } from '../../src/kube/watch/steps.ts';
import { compareVersions } from '../../src/kube/watch/versions.ts';

const SETTINGS = { pageSize: 500, place: 'GET https://fake/x', maxObjects: 10, relistMs: 3_600_000 };
const failure: Failure = {
  kind: 'malformed',
  at: 'here',
  message: 'expected a line, found none',
  hint: 'Look.',
};

/** The state after some news, and what was wanted by the last of them. */
function heard(news: readonly ((state: WatchState) => News)[], now = 1_000) {
  let state = newWatch(500);
  let wanted: readonly string[] = [];
  for (const each of news) {
    const { state: next, effects } = reduce(state, each(state), { now, random: 0 }, SETTINGS);
    state = next;
    wanted = effects.map((effect) => (effect.do === 'request' ? effect.request.kind : effect.do));
  }
  return { state, wanted };
}

const start = (): News => ({ kind: 'start' });
const timer = ({ turn }: WatchState): News => ({ kind: 'timer', turn });
const opened = ({ turn }: WatchState): News => ({ kind: 'opened', turn });
const line =
  (one: Line) =>
  ({ turn }: WatchState): News => ({ kind: 'line', turn, line: one });
const listEnds = line({ type: 'BOOKMARK', version: '100', endsList: true });
const unreadable = line({ type: 'unreadable', failure });
const failed =
  (code: number, reason = '') =>
  ({ turn }: WatchState): News => {
    return { kind: 'failed', turn, failure: { ...failure, kind: 'status', code, reason } };
  };

describe('the machine of a watch', () => {
  test('lists by a stream, and in pages from the first time that the server refuses one', () => {
    expect(heard([start]).wanted).toEqual(['close', 'beginList', 'listStream']);
    expect(heard([start, failed(422)]).wanted).toEqual(['close', 'beginList', 'page']);
    expect(heard([start, failed(422), failed(500), timer]).wanted).toEqual(['close', 'beginList', 'page']);
  });

  test('passes a line that cannot be read by a list, after it was asked for three times', () => {
    const once = [unreadable, timer, opened];
    const twice = heard([start, listEnds, ...once, ...once]);
    expect(twice.state.phase.kind).toBe('watching');
    expect(heard([start, listEnds, ...once, ...once, unreadable, timer]).wanted).toContain('listStream');
  });

  test('asks for the newest version after every break, and not after a 429', () => {
    expect(heard([start, listEnds, failed(500), timer]).wanted).toEqual(['close', 'newest']);
    expect(heard([start, listEnds, failed(429), timer]).wanted).toEqual(['close', 'watch']);
  });

  test('lists anew when the newest version is older than what was seen, and when a line is', () => {
    const newest =
      (version: string) =>
      ({ turn }: WatchState): News => ({ kind: 'newest', turn, version });
    const broken = [start, listEnds, failed(500), timer];
    expect(heard([...broken, newest('99')]).wanted).toContain('listStream');
    expect(heard([...broken, newest('100')]).wanted).toEqual(['close', 'watch']);
    const older = line({ type: 'BOOKMARK', version: '99', endsList: false });
    expect(heard([start, listEnds, older, timer]).wanted).toContain('listStream');
  });

  test('does not hear the answer to a request that it has given up', () => {
    const old = heard([start, listEnds, failed(500), timer, () => ({ kind: 'failed', turn: 1, failure })]);
    expect(old.wanted).toEqual([]);
    expect(old.state.phase.kind).toBe('checking');
  });

  test('hears nothing after stop', () => {
    const stop = (): News => ({ kind: 'stop' });
    expect(heard([start, stop]).wanted).toEqual(['close']);
    for (const news of [start, timer, opened, listEnds, failed(500)])
      expect(heard([start, stop, news]).wanted).toEqual([]);
  });

  test('takes a larger page when a list expires between two pages', () => {
    const page = ({ turn }: WatchState): News => ({
      kind: 'page',
      turn,
      page: { items: [], version: '5', token: 't' },
    });
    const expired = heard([start, failed(422), page, failed(410), timer]);
    expect(expired.state.pageSize).toBe(2_000);
    expect(expired.wanted).toEqual(['close', 'beginList', 'page']);
  });

  test('goes on with the same page after a failure in the middle of a list', () => {
    const page = ({ turn }: WatchState): News => ({
      kind: 'page',
      turn,
      page: { items: [], version: '5', token: 't' },
    });
    const { state } = heard([start, failed(422), page, failed(429), timer]);
    expect(state.phase).toMatchObject({ kind: 'listing', token: 't' });
  });
});

test('versions are compared as numbers of any length, and not at all when they are none', () => {
  expect(compareVersions('9', '10')).toBeLessThan(0);
  expect(compareVersions('18446744073709551617', '18446744073709551616')).toBeGreaterThan(0);
  expect(compareVersions('7', '7')).toBe(0);
  for (const other of ['', 'x', '01', '-1', '1.5', '1e3'])
    expect(compareVersions(other, '1')).toBeUndefined();
});
