import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLength } from '../support/at-length.ts';
import type { Fault } from './support/fake-server.ts';
import { type Watching, watching } from './support/watching.ts';

/** One thing that happens to a server or to the connection; plain, so that a failure prints it. */
type Step =
  | { readonly do: 'put' | 'remove' | 'remake'; readonly name: string }
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'restart' | 'freeze' | 'compact' | 'save' | 'restore' };

const name = fc.constantFrom('a', 'b', 'c', 'd');
const fault = fc.oneof(
  fc.constantFrom<Fault>(
    { on: 'request', kind: 'status', code: 500 },
    { on: 'request', kind: 'status', code: 410 },
    { on: 'request', kind: 'status', code: 429, retryAfter: 3 },
    { on: 'request', kind: 'status', code: 503 },
    { on: 'request', kind: 'refuse' },
    { on: 'request', kind: 'hang' },
  ),
  fc.record({
    on: fc.constant('event' as const),
    kind: fc.constantFrom(...(['cutAndEnd', 'cutAndReset', 'garble', 'twice', 'stale', 'lose'] as const)),
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('remove' as const, 'remake' as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fault' as const), fault }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(0, 10, 900, 3_000, 40_000, 400_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['restart', 'freeze', 'compact', 'save', 'restore'] as const)),
    }),
  },
);

async function happen(one: Step, { clock, server }: Watching): Promise<void> {
  const { store } = server;
  switch (one.do) {
    case 'put':
      return store.put(one.name);
    case 'remove':
      return store.remove(one.name);
    case 'remake':
      store.remove(one.name);
      return store.put(one.name);
    case 'fault':
      return server.fail(one.fault);
    case 'wait':
      return clock.advance(one.milliseconds);
    case 'restart':
      return server.restart();
    case 'freeze':
      return server.freeze();
    case 'compact':
      return store.compact();
    case 'save':
      return store.save();
    case 'restore':
      store.restore();
      return server.restart();
  }
}

const seed = 20_260_101;

test.each([
  ['streamed', true],
  ['paged', false],
])(
  'whatever happens to a watch with %s lists, no event is lost, none invented, nothing left open',
  async (_, streamsLists) => {
    const property = fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.nat(96),
      async (history, chance) => {
        const on = watching({ streamsLists, random: () => chance / 97 });
        const watch = on.start();
        for (const one of history) await happen(one, on);
        // Longer than any wait, and until everything was listed anew.
        await on.clock.advance(100 * 60_000);
        expect(on.seen.wrong).toEqual([]);
        expect(on.seen.state()).toEqual(on.server.store.state());
        expect(on.seen.healths.at(-1)).toEqual({ complete: true });
        await watch.stop();
        expect([on.server.open(), on.clock.pending()]).toEqual([0, 0]);
      },
    );
    await fc.assert(property, { seed, numRuns: atLength(15, 50) });
  },
);
