import type { SharedSteps } from '../context.ts';
import {
  type BudgetDecision,
  type DedicatedHostname,
  type KeptLedgers,
  type KeptListeners,
  keptListeners,
  type ListenersPlan,
  type OrderRequest,
  planListeners,
  planSharedCertificates,
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
import type { ClusterPlan } from './cluster-plan.ts';
import type { Facts, Family } from './facts.ts';
import { sharedFindings } from './shared-findings.ts';
import { type Single, sameSet, single } from './single.ts';

/** What the steps that all clusters share give. */
export interface SharedPlan {
  readonly part: Part;
  readonly status: SharedStatus;
  readonly memory: Pick<SharedMemory, 'orders' | 'quarantine'>;
}

/**
 * The steps that all clusters share, in order: certificates, the budget of orders, listeners. Each looks at what
 * clusters ask of it and at nothing else of their plans, so it runs again only when somebody asks for something else.
 */
export function sharedPlanOf(
  facts: Facts,
  shared: SharedSteps,
  ids: () => readonly string[],
  plans: Pick<Family<string, ClusterPlan>, 'get'>,
  hold: Hold,
): Single<SharedPlan> {
  const asked = askedOf(facts, shared, ids, plans);
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
  const listeners = single(
    facts,
    (clock): ListenersPlan =>
      planListeners(
        kept.listeners,
        shared,
        asked.dedicated.get(),
        usesSharedListener({ shared }) ? certificates.get().secrets : undefined,
        hold,
        clock,
      ),
  );
  return single(facts, (): SharedPlan => {
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
}

interface Asked {
  /** Names for shared certificates. */
  readonly names: Single<ReadonlySet<string>>;
  readonly dedicated: Single<readonly DedicatedHostname[]>;
  readonly orders: Single<readonly OrderRequest[]>;
  readonly ordered: Single<readonly (readonly OrderMemory[])[]>;
}

/** What all clusters ask of the shared steps, by kind; a cluster that asks for the same is not noticed. */
function askedOf(
  facts: Facts,
  shared: SharedSteps,
  ids: () => readonly string[],
  plans: Pick<Family<string, ClusterPlan>, 'get'>,
): Asked {
  const of = <K extends 'sharedNames' | 'wildcard' | 'dedicated' | 'orders' | 'ordered'>(kind: K) =>
    facts.view((id: string): ClusterPlan[K] => plans.get(id)[kind], sameData);
  const [sharedNames, wildcard, dedicated] = [of('sharedNames'), of('wildcard'), of('dedicated')];
  const [orders, ordered] = [of('orders'), of('ordered')];
  return {
    names: single(
      facts,
      () => {
        const names = new Set(ids().flatMap((id) => sharedNames.get(id)));
        if (shared.baseDomain !== undefined && ids().some((id) => wildcard.get(id)))
          names.add(`*.${shared.baseDomain}`);
        return names;
      },
      sameSet,
    ),
    dedicated: single(facts, () => ids().flatMap((id) => dedicated.get(id))),
    orders: single(facts, () => ids().flatMap((id) => orders.get(id))),
    ordered: single(facts, () => ids().map((id) => ordered.get(id))),
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
