import type { RoutePlan } from '../types.ts';
import type { PlanSource } from './plan-source.ts';

/** Plans that this process has itself (mode local). */
export interface OwnPlans extends PlanSource {
  /** Every plan that there is now. Say so to the agent by `hint`. */
  set(plans: readonly RoutePlan[]): void;
}

export function ownPlans(): OwnPlans {
  let all: readonly RoutePlan[] | undefined;
  return {
    plans: () => all,
    set: (plans) => {
      all = plans;
    },
    stop: () => Promise.resolve(),
  };
}
