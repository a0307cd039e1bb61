import { objectGoes, routeMayGo } from '../../../src/planner/withdrawal/leaving.ts';
import {
  OBJECT_LEAVING_RULES,
  type ObjectFacts,
  ROUTE_LEAVING_RULES,
  type RouteFacts,
} from '../../../src/planner/withdrawal/leaving-rules.ts';
import { type GuardInput, guardWithdrawals } from '../../../src/planner/withdrawal/withdrawal-guard.ts';
import { WITHDRAWAL_RULES } from '../../../src/planner/withdrawal/withdrawal-rules.ts';
import { clockAt } from '../../../src/planner/world/clock.ts';
import type { WithdrawalMemory } from '../../../src/planner/world/memory.ts';
import { NOW } from '../../support/worlds.ts';
import { examplesOf } from './examples.ts';

/** An HTTPS route whose redirect is gone. */
const route = (changes: Partial<RouteFacts>): RouteFacts => ({
  hostnames: ['a.test', 'b.test'],
  isHttps: true,
  awaited: () => false,
  redirectStays: () => false,
  restsAnother: () => false,
  redirectUnseen: () => false,
  ...changes,
});

const isB = (hostname: string): boolean => hostname === 'b.test';

export const ROUTE_LEAVING_EXAMPLES = examplesOf('ROUTE_LEAVING_RULES', ROUTE_LEAVING_RULES, routeMayGo, {
  ReceiverAwaited: {
    when: 'another cluster has taken one of its hostnames over and does not serve it yet',
    facts: () => route({ isHttps: false, awaited: isB }),
    verdict: false,
  },
  RedirectStays: {
    when: 'a redirect for one of its hostnames stays',
    facts: () => route({ redirectStays: isB }),
    verdict: false,
  },
  RestsAnother: {
    when: 'a redirect of another cluster, which has no HTTPS route for the name, leads to it',
    facts: () => route({ restsAnother: isB }),
    verdict: false,
  },
  RedirectUnseen: {
    when: 'HTTPS was wanted for one of its hostnames a moment ago',
    facts: () => route({ redirectUnseen: isB }),
    verdict: false,
  },
});

/** An object that nothing holds back. */
const object = (changes: Partial<ObjectFacts>): ObjectFacts => ({
  everythingHeld: () => false,
  ready: true,
  switchedOff: false,
  kindHeld: () => false,
  ...changes,
});

export const OBJECT_LEAVING_EXAMPLES = examplesOf('OBJECT_LEAVING_RULES', OBJECT_LEAVING_RULES, objectGoes, {
  SourceIncomplete: {
    when: 'a feature is switched off while a list of the host failed',
    facts: () => object({ switchedOff: true, everythingHeld: () => true }),
    verdict: false,
  },
  StillUsed: {
    when: 'a route to the Service stays',
    facts: () => object({ ready: false }),
    verdict: false,
  },
  SwitchedOff: {
    when: 'a feature with many objects is switched off',
    facts: () => object({ switchedOff: true, kindHeld: () => true }),
    verdict: true,
  },
  KindHeld: {
    when: 'too many of its kind would go at once',
    facts: () => object({ kindHeld: () => true }),
    verdict: false,
  },
});

const keys = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `vc-${String(index).padStart(3, '0')}/x`);

/** 20 of 100 routes that would go, for whatever reason. */
const routes = (changes: Partial<GuardInput> & { readonly going?: number } = {}): GuardInput => {
  const { going = 20, ...rest } = changes;
  return {
    withdrawals: keys(going).map((key) => ({ kind: 'HTTPRoute', key })),
    count: () => 100,
    memory: {},
    revision: '2',
    emptyInventory: false,
    acknowledged: new Set(),
    clock: clockAt(Date.parse(NOW)),
    ...rest,
  };
};

/** What is remembered of a set that was proposed by revision 1, ten minutes ago unless it says otherwise. */
const proposed = (changes: Partial<WithdrawalMemory> = {}): Pick<GuardInput, 'memory'> => ({
  memory: {
    HTTPRoute: {
      keys: keys(20),
      since: '2026-11-23T09:50:00Z',
      revision: '1',
      confirmed: false,
      ...changes,
    },
  },
});

const keyIn = (input: GuardInput): string =>
  guardWithdrawals(input).findings[0]?.message.split('key ')[1] ?? 'none';

/** The codes by which something is held back. */
const heldBy = (input: GuardInput, rules: typeof WITHDRAWAL_RULES): readonly string[] =>
  guardWithdrawals(input, rules).findings.map(({ code }) => code);

export const WITHDRAWAL_EXAMPLES = examplesOf('WITHDRAWAL_RULES', WITHDRAWAL_RULES, heldBy, {
  Few: {
    when: 'ten routes would go',
    facts: () => routes({ going: 10 }),
    verdict: [],
  },
  Acknowledged: {
    when: 'the key of exactly this set is acknowledged',
    facts: () => routes({ acknowledged: new Set([keyIn(routes())]) }),
    verdict: [],
  },
  RestOfConfirmed: {
    when: 'of a confirmed set 15 are left, because writes were lost',
    facts: () => routes({ going: 15, ...proposed({ confirmed: true }) }),
    verdict: [],
  },
  EmptyInventory: {
    when: 'the inventory has been empty for ten minutes and has another revision',
    facts: () => routes({ emptyInventory: true, ...proposed() }),
    verdict: ['EmptyInventory'],
  },
  JustProposed: {
    when: 'the same set was proposed a minute ago',
    facts: () => routes(proposed({ since: '2026-11-23T09:59:00Z' })),
    verdict: ['MassWithdrawal'],
  },
  SameRevision: {
    when: 'the inventory has not moved on since the set was proposed',
    facts: () => routes(proposed({ revision: '2' })),
    verdict: ['MassWithdrawal'],
  },
});
