import { describe, expect, test } from 'vitest';
import { gateOf } from '../../../src/planner/https/gates.ts';
import { type ListenerHealth, listenerHealth } from '../../../src/planner/https/listener-health.ts';
import { clockAt, formatTime, MINUTE, SECOND } from '../../../src/planner/world/clock.ts';
import { NOW, workloadGateway } from '../../support/worlds.ts';

const now = Date.parse(NOW);
const GENERATION = 4;

interface Said {
  readonly type: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number | undefined;
  readonly lastTransitionTime?: string;
}

/** What is read of a listener of which a controller says this, at the current generation unless it says another. */
function health(...conditions: readonly Said[]): ListenerHealth {
  const gateway = workloadGateway();
  const said = conditions.map((one) => {
    const { observedGeneration, ...rest } = { observedGeneration: GENERATION, ...one };
    return {
      status: 'True',
      reason: one.type,
      message: '',
      ...rest,
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
    };
  });
  return listenerHealth(
    {
      ...gateway,
      metadata: { ...gateway.metadata, generation: GENERATION },
      status: {
        listeners: [
          { name: 'other', conditions: [] },
          { name: 'https', conditions: said },
        ],
      },
    },
    'https',
  );
}

const at = (milliseconds: number): string => formatTime(now + milliseconds);
const programmed = (changes: Partial<Said> = {}): Said => ({ type: 'Programmed', ...changes });
const resolved = (changes: Partial<Said> = {}): Said => ({ type: 'ResolvedRefs', ...changes });
const UP = { state: 'up', reason: 'Programmed' };
const NOT_OBSERVED = { state: 'unknown', reason: 'NotObserved' };

describe('a listener is up', () => {
  test('when it is programmed and its references are resolved, since the later of both', () => {
    expect(health(programmed(), resolved())).toEqual(UP);
    const [early, late] = [{ lastTransitionTime: at(-9000) }, { lastTransitionTime: at(-1000) }];
    expect(health(programmed(early), resolved(late))).toEqual({ ...UP, since: now - 1000 });
    expect(health(programmed(late), resolved(early))).toEqual({ ...UP, since: now - 1000 });
    expect(health(programmed(early), resolved())).toEqual({ ...UP, since: now - 9000 });
    expect(health(programmed(), resolved(late))).toEqual({ ...UP, since: now - 1000 });
  });

  test('when some of its certificates are bad, which are judged one by one', () => {
    const partly = resolved({
      status: 'False',
      reason: 'PartiallyInvalidCertificateRef',
      lastTransitionTime: at(-1000),
    });
    expect(health(programmed({ lastTransitionTime: at(-9000) }), partly)).toEqual({
      ...UP,
      since: now - 9000,
    });
    expect(health(programmed(), partly)).toEqual(UP);
  });

  test('without knowing of what, when a condition does not say its generation or is not there', () => {
    expect(health(programmed())).toEqual({ ...UP, unversioned: true });
    expect(health(programmed({ observedGeneration: undefined }), resolved())).toEqual({
      ...UP,
      unversioned: true,
    });
    expect(health(programmed(), resolved({ observedGeneration: undefined }))).toEqual({
      ...UP,
      unversioned: true,
    });
  });
});

describe('a listener is down', () => {
  test('when a controller says so, with its words', () => {
    const said = { status: 'False', reason: 'Invalid', message: 'no port', lastTransitionTime: at(-1000) };
    expect(health(programmed(said), resolved())).toEqual({
      state: 'down',
      reason: 'Invalid: no port',
      since: now - 1000,
    });
    expect(health(programmed({ status: 'False', reason: 'Invalid' }), resolved())).toEqual({
      state: 'down',
      reason: 'Invalid',
    });
    expect(health(programmed(), resolved(said))).toEqual({
      state: 'down',
      reason: 'Invalid: no port',
      since: now - 1000,
    });
    expect(health(programmed({ status: 'False', reason: 'Invalid' }))).toMatchObject({
      state: 'down',
      unversioned: true,
    });
  });

  test('when it is in conflict, whatever else is said', () => {
    const conflicted = (changes: Partial<Said> = {}): Said => ({
      type: 'Conflicted',
      reason: 'HostnameConflict',
      ...changes,
    });
    expect(health(conflicted(), programmed(), resolved())).toEqual({
      state: 'down',
      reason: 'HostnameConflict',
    });
    expect(health(conflicted({ status: 'False' }), programmed(), resolved())).toEqual(UP);
    expect(health(conflicted({ observedGeneration: 3 }), programmed(), resolved())).toEqual(UP);
  });
});

describe('nothing is known of a listener', () => {
  test('that no controller has looked at as it is', () => {
    expect(health()).toEqual(NOT_OBSERVED);
    expect(health(resolved())).toEqual(NOT_OBSERVED);
    expect(health(programmed({ observedGeneration: 3 }), resolved())).toEqual(NOT_OBSERVED);
    expect(health(programmed(), resolved({ observedGeneration: 3 }))).toEqual(NOT_OBSERVED);
    expect(health(programmed({ observedGeneration: 3, status: 'False' }))).toEqual(NOT_OBSERVED);
  });

  test('of which a controller is not sure itself', () => {
    expect(health(programmed({ status: 'Unknown', reason: 'Pending' }), resolved())).toEqual({
      state: 'unknown',
      reason: 'Pending',
    });
    expect(health(programmed(), resolved({ status: 'Unknown', reason: 'Pending' }))).toEqual({
      state: 'unknown',
      reason: 'Pending',
    });
  });
});

describe('the gate of a hostname', () => {
  const gate = (latched: boolean, listener: ListenerHealth) =>
    gateOf({
      latched,
      coverage: { state: 'covered' },
      clock: clockAt(now),
      listener: {
        parent: workloadGateway(),
        entry: { name: 'https', secretNames: [], raw: {} },
        health: listener,
      },
    });
  const since = (milliseconds: number, changes: Partial<ListenerHealth> = {}): ListenerHealth => ({
    state: 'up',
    reason: 'Programmed',
    since: now - milliseconds,
    ...changes,
  });

  test('opens when the listener has been programmed for a second', () => {
    expect(gate(false, since(SECOND)).open).toBe(true);
    expect(gate(false, since(SECOND - 1))).toEqual({
      open: false,
      reason: 'its listener has just been programmed',
    });
    expect(gate(false, { state: 'up', reason: 'Programmed' }).open).toBe(true);
  });

  test('opens after a minute where the controller does not say of which generation', () => {
    expect(gate(false, since(MINUTE, { unversioned: true })).open).toBe(true);
    expect(gate(false, since(MINUTE - 1, { unversioned: true })).open).toBe(false);
  });

  test('closes when the listener has been down for a minute', () => {
    const down = { state: 'down', reason: 'Invalid' } as const;
    expect(gate(true, since(MINUTE, down))).toEqual({ open: false, reason: 'its listener is down: Invalid' });
    expect(gate(true, since(MINUTE - 1, down)).open).toBe(true);
    expect(gate(true, down).open).toBe(true);
    expect(gate(true, since(MINUTE, { state: 'unknown' })).open).toBe(true);
    expect(gate(false, since(9 * MINUTE, down))).toEqual({
      open: false,
      reason: 'its listener is not programmed: Invalid',
    });
  });
});
