import { ROUTE_PLANNER_LEASE } from '../../../contract/runtime-names.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { spoken } from '../../checks/duration.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import { agentRoutes } from '../agents.ts';
import type { VerifyRule } from '../facts.ts';
import { lastRenewal } from '../leases.ts';

export const plannerLease: VerifyRule = {
  code: 'PlannerLease',
  looksAt:
    'With route agents, the Lease by which they hear the controller was renewed within staleAfterSeconds.',
  replaces: [],
  next: 'see the log of the controller; agents keep all routes meanwhile',
  check: (facts): readonly Said[] => {
    const routes = agentRoutes(facts);
    if (routes === undefined) return [];
    const object = placeName('Lease', routes.routePlanNamespace, ROUTE_PLANNER_LEASE);
    return ifSeen(
      one(facts, 'Lease', routes.routePlanNamespace, ROUTE_PLANNER_LEASE),
      object,
      (lease): readonly Said[] => {
        const age = lease === undefined ? undefined : facts.now - lastRenewal(lease);
        if (age !== undefined && age <= routes.staleAfterSeconds * 1000) return [ok(object, 'renewed')];
        return [
          failed(
            object,
            `renewed within ${routes.staleAfterSeconds} s`,
            age === undefined ? 'no Lease' : `${spoken(age)} ago`,
          ),
        ];
      },
    );
  },
};
