import { describe, expect, test } from 'vitest';
import type { EdgeHostname } from '../../../src/planner/https/hostname-plan.ts';
import {
  endHttps,
  recentlyHttps,
  recentlyOnListener,
  rememberHttps,
} from '../../../src/planner/https/https-memory.ts';
import { recentlyLeft, rememberLeft } from '../../../src/planner/https/left-names.ts';
import { clockAt, formatTime, MINUTE } from '../../../src/planner/world/clock.ts';
import type { ClusterMemory } from '../../../src/planner/world/memory.ts';
import { NOW } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const clock = clockAt(now);
const ago = (milliseconds: number): string => formatTime(now - milliseconds);
const RECENT = ago(MINUTE - 1);
const OLD = ago(MINUTE);

const served = (hostname: string, changes: Partial<EdgeHostname> = {}): EdgeHostname => ({
  hostname,
  http: true,
  https: undefined,
  redirect: false,
  ...changes,
});

describe('HTTPS of a name', () => {
  const remembered = (https: ClusterMemory['https'], ...names: readonly EdgeHostname[]) =>
    rememberHttps({ memory: https === undefined ? {} : { https }, clock }, names);

  test('is remembered while it has an HTTPS route or a redirect', () => {
    expect(
      remembered(
        undefined,
        served('plain.test'),
        served('shared.test', { https: 'shared' }),
        served('own.test', { https: 'dedicated' }),
        served('redirected.test', { redirect: true }),
      ),
    ).toEqual({ 'shared.test': '', 'own.test': '', 'redirected.test': '' });
  });

  test('is remembered with the wildcard whose listener serves it, which is in use by that', () => {
    const below = served('a.customer.test', { https: 'dedicated', certificateOf: '*.customer.test' });
    expect(remembered(undefined, below)).toEqual({
      '*.customer.test': '',
      'a.customer.test': '*.customer.test',
    });
    // A listener that serves its own hostname is in use by itself.
    const own = served('*.customer.test', { https: 'dedicated' });
    expect(remembered(undefined, own, below)['*.customer.test']).toBe('');
  });

  test('is remembered from the moment when it ends, for a minute', () => {
    expect(remembered({ 'a.test': '' })).toEqual({ 'a.test': NOW });
    expect(remembered({ 'a.test': '*.test' })).toEqual({ 'a.test': NOW });
    expect(remembered({ 'a.test': RECENT })).toEqual({ 'a.test': RECENT });
    expect(remembered({ 'a.test': OLD })).toEqual({});
    expect(remembered({ 'a.test': RECENT }, served('a.test', { https: 'shared' }))).toEqual({ 'a.test': '' });
    expect(endHttps({ https: { 'a.test': '', 'b.test': OLD } }, clock)).toEqual({ 'a.test': NOW });
    expect(endHttps({}, clock)).toEqual({});
  });

  test('was wanted in the last minute', () => {
    const recently = (ended: string | undefined) =>
      recentlyHttps(ended === undefined ? {} : { https: { 'a.test': ended } }, 'a.test', clock);
    expect([undefined, '', '*.test', RECENT, OLD].map(recently)).toEqual([false, true, true, true, false]);
    expect(recentlyHttps({ https: {} }, 'constructor', clock)).toBe(false);
  });

  test('was wanted on its own listener, which that of a wildcard is not', () => {
    const recently = (ended: string | undefined) =>
      recentlyOnListener(ended === undefined ? {} : { https: { 'a.test': ended } }, 'a.test', clock);
    expect([undefined, '', '*.test', RECENT, OLD].map(recently)).toEqual([false, true, false, true, false]);
  });
});

describe('a name that leaves the HTTP routes', () => {
  const live = (http: readonly string[], redirect: readonly string[] = []) => ({
    http: new Set(http),
    redirect: new Set(redirect),
  });

  test('is remembered from now on, of both kinds of routes, unless it is answered', () => {
    const names = [
      served('a.test'),
      served('b.test', { http: false, redirect: true }),
      served('c.test', { http: false }),
    ];
    expect(
      rememberLeft(
        { memory: {}, clock },
        names,
        live(['a.test', 'b.test', 'c.test', 'd.test'], ['b.test', 'e.test']),
      ),
    ).toEqual({ 'c.test': NOW, 'd.test': NOW, 'e.test': NOW });
  });

  test('is remembered for a minute, and anew when it leaves again', () => {
    const memory: ClusterMemory = { left: { 'a.test': RECENT, 'b.test': OLD, 'c.test': RECENT } };
    expect(rememberLeft({ memory, clock }, [], live(['c.test']))).toEqual({
      'a.test': RECENT,
      'c.test': NOW,
    });
    expect(recentlyLeft(memory, 'a.test', clock)).toBe(true);
    expect(recentlyLeft(memory, 'b.test', clock)).toBe(false);
    expect(recentlyLeft({}, 'a.test', clock)).toBe(false);
  });
});
