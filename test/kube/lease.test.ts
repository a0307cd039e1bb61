import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdLease, type Lease } from '../../src/kube/index.ts';
import { atLength } from '../support/at-length.ts';
import { type FakeClock, fakeClock } from './support/fake-clock.ts';
import { type FakeLeases, fakeLeases, type Line } from './support/fake-leases.ts';

/** A process that leads when it may, and writes four times a second while it may. */
interface Process {
  readonly line: Line;
  readonly lease: Lease;
  /** `leading at 1000`, `lost at 11000`. */
  readonly log: string[];
  /** Stops the process as SIGSTOP does: its timers and answers wait. */
  freeze(): void;
  thaw(): void;
  kill(): void;
}

function run(name: string, leases: FakeLeases, clock: FakeClock): Process {
  const line: Line = { isCut: false, delayMs: 5 };
  const log: string[] = [];
  let state: 'running' | 'frozen' | 'dead' = 'running';
  const held: (() => void)[] = [];
  // The process's own clock: time goes on, but nothing of it runs while it is frozen.
  const own = {
    ...clock,
    after: (milliseconds: number, call: () => void) =>
      clock.after(milliseconds, () => {
        if (state === 'running') call();
        else if (state === 'frozen') held.push(call);
      }),
  };
  const server = { ...leases };
  const lease = holdLease({
    kube: server.connect(line),
    namespace: 'n',
    name: 'l',
    identity: name,
    clock: own,
    random: () => 0,
    onLeading: () => log.push(`leading at ${clock.now()}`),
    onLost: () => log.push(`lost at ${clock.now()}`),
  });
  const kube = leases.connect(line, lease.fence);
  const write = (): void => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { by: name } };
    if (log.length > 0)
      void kube.apply({ group: '', version: 'v1', plural: 'configmaps' }, object, { fieldManager: name });
    own.after(250, write);
  };
  write();
  return {
    line,
    lease,
    log,
    freeze: () => {
      state = 'frozen';
    },
    thaw: () => {
      state = 'running';
      for (const call of held.splice(0)) call();
    },
    kill: () => {
      state = 'dead';
      line.isCut = true;
    },
  };
}

/** Whether ever two wrote within the other's time. */
function interleaved({ writes }: FakeLeases): boolean {
  const changes = writes.filter(({ by }, index) => index > 0 && by !== writes[index - 1]?.by);
  return changes.length > new Set(writes.map(({ by }) => by)).size - 1;
}

describe('a lease', () => {
  test('has one leader, and the other waits', async () => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const [a, b] = [run('a', leases, clock), run('b', leases, clock)];
    await clock.advance(60_000);
    expect([a.log.length, b.log.length]).toEqual([1, 0]);
    expect(leases.holder()).toBe('a');
    expect([a.lease.isLeading(), b.lease.isLeading()]).toEqual([true, false]);
  });

  test('of a leader that is killed goes to the other within 17 s', async () => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const [a, b] = [run('a', leases, clock), run('b', leases, clock)];
    await clock.advance(30_000);
    a.kill();
    const killedAt = clock.now();
    await clock.advance(17_000);
    expect(b.log).toHaveLength(1);
    expect(Number(b.log[0]?.replace(/\D/g, '')) - killedAt).toBeGreaterThan(10_000);
  });

  test('goes to the other within 17 s, whenever the leader is killed', async () => {
    const late: number[] = [];
    for (let offset = 0; offset < 2_500; offset += 100) {
      const clock = fakeClock();
      const leases = fakeLeases(clock);
      const [a, b] = [run('a', leases, clock), run('b', leases, clock)];
      await clock.advance(30_000 + offset);
      a.kill();
      await clock.advance(17_000);
      if (b.log.length === 0) late.push(offset);
    }
    expect(late).toEqual([]);
  });

  test('of a leader that is frozen for 20 s goes to the other, and the first writes nothing when it goes on', async () => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const [a, b] = [run('a', leases, clock), run('b', leases, clock)];
    await clock.advance(30_000);
    a.freeze();
    const frozenAt = clock.now();
    await clock.advance(20_000);
    a.thaw();
    await clock.advance(60_000);
    expect(b.log).toHaveLength(1);
    expect(a.log).toHaveLength(2);
    expect(leases.writes.filter(({ by, at }) => by === 'a' && at > frozenAt + 50)).toEqual([]);
    expect(interleaved(leases)).toBe(false);
  });

  test('of a leader that is cut off ends for it before another begins', async () => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const [a, b] = [run('a', leases, clock), run('b', leases, clock)];
    await clock.advance(30_000);
    a.line.isCut = true;
    const cutAt = clock.now();
    await clock.advance(10_100);
    expect([a.log.length, b.log.length]).toEqual([2, 0]);
    expect(a.lease.isLeading()).toBe(false);
    await clock.advance(7_000);
    expect(b.log).toHaveLength(1);
    a.line.isCut = false;
    await clock.advance(30_000);
    expect(leases.writes.filter(({ by, at }) => by === 'a' && at > cutAt)).toEqual([]);
  });

  test('that is given back is taken at the next try', async () => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const [a, b] = [run('a', leases, clock), run('b', leases, clock)];
    await clock.advance(30_000);
    const releasing = a.lease.release();
    await clock.advance(3_500);
    await releasing;
    expect(b.log).toHaveLength(1);
    expect(leases.holder()).toBe('b');
    expect(a.lease.fence()).toMatchObject({ kind: 'fenced', at: 'Lease l' });
  });

  test('is judged by the observer’s own time: a holder whose time of day is years off keeps it', async () => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const skewed = { ...clock, wallTime: () => 0 };
    const a = run('a', leases, skewed);
    const b = run('b', leases, clock);
    await clock.advance(60_000);
    expect([a.log.length, b.log.length]).toEqual([1, 0]);
  });
});

test('whatever happens to three processes, never do two write in the same time, and one leads again in the end', async () => {
  const event = fc.record({
    who: fc.nat(2),
    what: fc.constantFrom('freeze', 'thaw', 'cut', 'mend', 'slow', 'fast'),
    pause: fc.constantFrom(500, 3_000, 9_000, 16_000),
  });
  const property = fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
    const clock = fakeClock();
    const leases = fakeLeases(clock);
    const processes = ['a', 'b', 'c'].map((name) => run(name, leases, clock));
    await clock.advance(5_000);
    for (const { who, what, pause } of events) {
      const one = processes[who];
      if (what === 'freeze') one?.freeze();
      if (what === 'thaw') one?.thaw();
      if (one !== undefined && (what === 'cut' || what === 'mend')) one.line.isCut = what === 'cut';
      if (one !== undefined && (what === 'slow' || what === 'fast'))
        one.line.delayMs = what === 'slow' ? 1_500 : 5;
      await clock.advance(pause);
    }
    for (const one of processes) {
      one.line.isCut = false;
      one.line.delayMs = 5;
      one.thaw();
    }
    await clock.advance(40_000);
    expect(interleaved(leases)).toBe(false);
    const lost = processes.filter(({ log }) => log.length === 2).length;
    expect(processes.filter(({ lease }) => lease.isLeading())).toHaveLength(lost === 3 ? 0 : 1);
  });
  await fc.assert(property, { seed: 20_260_101, numRuns: atLength(15, 60) });
});
