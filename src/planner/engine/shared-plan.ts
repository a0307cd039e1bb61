import type { SharedSteps } from '../context.ts';
import {
  type Arrangement,
  arrangeListeners,
  type BudgetDecision,
  compareSets,
  type DedicatedHostname,
  type KeptLedgers,
  type KeptListeners,
  keptListeners,
  type ListenersPlan,
  makeEntries,
  type OrderRequest,
  planListeners,
  planSharedCertificates,
  readLedger,
  recentOrders,
  type SharedCertificatesPlan,
  spendBudget,
  usesSharedListener,
} from '../https/index.ts';
import type { SharedStatus } from '../status.ts';
import type { Clock } from '../world/clock.ts';
import type { Hold } from '../world/hold.ts';
import { sameData } from '../world/json.ts';
import type { OrderMemory, SharedMemory } from '../world/memory.ts';
import { combine, found, type Part } from '../world/part.ts';
import type { Slices } from '../world/slices.ts';
import type { Facts } from './facts.ts';
import type { Groups } from './groups.ts';
import { sharedFindings } from './shared-findings.ts';
import { type Single, sameSet, single } from './single.ts';

/** What the steps that all clusters share give. */
export interface SharedPlan {
  readonly part: Part;
  readonly status: SharedStatus;
  readonly memory: Pick<SharedMemory, 'orders' | 'quarantine'>;
}

/** The shared steps over facts that come and change. */
export interface SharedPlanning {
  /** With a pause after each step. */
  get(): Slices<SharedPlan>;
  /** Until when the answer holds if only time passes. Current after `get`. */
  until(): number;
}

/**
 * The steps that all clusters share, in order: certificates, the budget of orders, listeners. Each looks at what
 * clusters ask of it and at nothing else of their plans, so it runs again only when somebody asks for something else.
 */
export function sharedPlanOf(
  facts: Facts,
  shared: SharedSteps,
  groups: Pick<Groups, 'ask'>,
  hold: Hold,
): SharedPlanning {
  const asked = askedOf(facts, shared, groups);
  const kept: { readonly ledgers: KeptLedgers; readonly listeners: KeptListeners } = {
    ledgers: new WeakMap(),
    listeners: keptListeners(),
  };
  const certificates = single(
    facts,
    (clock): SharedCertificatesPlan => planSharedCertificates(shared, asked.names.get(), hold, clock),
  );
  const own = single(facts, (clock) => ownOrders(shared, clock), sameData);
  const budget = single(
    facts,
    (clock): BudgetDecision =>
      spendBudget(
        kept.ledgers,
        [...certificates.get().orders, ...asked.orders.get()],
        shared.memory.orders,
        [...own.get(), ...asked.ordered.get()],
        clock,
      ),
  );
  const arrangement = single(facts, (clock): { readonly of: Arrangement | undefined } => ({
    of: arrangeListeners(
      kept.listeners,
      shared,
      asked.dedicated.get(),
      usesSharedListener({ shared }) ? certificates.get().secrets : undefined,
      hold,
      clock,
    ),
  }));
  const listeners = single(
    facts,
    (clock): ListenersPlan => planListeners(kept.listeners, shared, arrangement.get().of, hold, clock),
  );
  const whole = single(facts, (): SharedPlan => {
    const { quarantine, statuses } = certificates.get();
    const { spent } = budget.get();
    return {
      part: combine([
        found(...sharedFindings(shared)),
        certificates.get(),
        budget.get().part,
        listeners.get(),
      ]),
      status: { listeners: listeners.get().status, certificates: statuses, orders: spent },
      memory: { orders: sameOrders(shared, budget.get()), quarantine },
    };
  });
  /** Each with what is looked at before it, where that is long. */
  const steps: readonly { readonly step: Single<unknown>; readonly before?: () => Slices<void> }[] = [
    ...Object.values(asked).map((step) => ({ step })),
    { step: certificates },
    { step: own },
    { step: budget, before: () => readLedger(kept.ledgers, shared.memory.orders, asked.ordered.get()) },
    {
      step: arrangement,
      before: () => makeEntries(kept.listeners, asked.dedicated.get(), shared.listeners.admits),
    },
    {
      step: listeners,
      before: () =>
        compareSets(kept.listeners, shared.listeners.sets, arrangement.get().of?.inSets ?? NO_SETS),
    },
  ];
  return {
    get: function* () {
      for (const { step, before } of steps) {
        if (before !== undefined && !step.isCurrent()) yield* before();
        step.get();
        yield;
      }
      return whole.get();
    },
    until: whole.until,
  };
}

const NO_SETS: Arrangement['inSets'] = new Map();

interface Asked {
  /** Names for shared certificates. */
  readonly names: Single<ReadonlySet<string>>;
  readonly dedicated: Single<readonly DedicatedHostname[]>;
  readonly orders: Single<readonly OrderRequest[]>;
  readonly ordered: Single<readonly (readonly OrderMemory[])[]>;
}

/** What all clusters ask of the shared steps, by kind. */
function askedOf(facts: Facts, shared: SharedSteps, groups: Pick<Groups, 'ask'>): Asked {
  const sharedNames = groups.ask((plan) => plan.sharedNames);
  const wildcard = groups.ask((plan) => plan.wildcard);
  const dedicated = groups.ask((plan) => plan.dedicated);
  const orders = groups.ask((plan) => plan.orders);
  const ordered = groups.ask((plan) => plan.ordered);
  return {
    names: single(
      facts,
      () => {
        const names = new Set(sharedNames().flat());
        if (shared.baseDomain !== undefined && wildcard().includes(true)) names.add(`*.${shared.baseDomain}`);
        return names;
      },
      sameSet,
    ),
    dedicated: single(facts, () => dedicated().flat()),
    orders: single(facts, () => orders().flat()),
    ordered: single(facts, ordered),
  };
}

/** What the shared Certificates themselves remember, so that lost memory forgets no order. */
function ownOrders(shared: SharedSteps, clock: Clock): readonly (readonly OrderMemory[])[] {
  return shared.observed
    .shared()
    .filter(({ kind }) => kind === 'Certificate')
    .map((one) => recentOrders(one, clock));
}

/** The same list as before when it says the same, so that the next plan finds it unchanged. */
function sameOrders({ memory }: SharedSteps, { orders }: BudgetDecision): readonly OrderMemory[] {
  const before = memory.orders;
  if (orders === before) return before;
  const same =
    orders.length === before.length && orders.every((order, index) => sameData(order, before[index]));
  return same ? before : orders;
}
