import { routeAgentLeaseName } from '../../../contract/runtime-names.ts';
import { failed, type Said } from '../../checks/check.ts';
import { spoken } from '../../checks/duration.ts';
import { all, one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { agentRoutes, isSelected } from '../agents.ts';
import type { VerifyRule } from '../facts.ts';
import { lastRenewal } from '../leases.ts';
import { ofMany } from '../routes.ts';

export const agentLease: VerifyRule = {
  code: 'AgentAlive',
  looksAt: 'The route agent of each selected Node has given a sign of life within staleAfterSeconds.',
  replaces: [],
  next: 'see the Pod of the agent on this Node: kubectl -n NAMESPACE get pod -l app.kubernetes.io/component=route-agent -o wide',
  check: (facts) => {
    const routes = agentRoutes(facts);
    if (routes === undefined) return [];
    return ifSeen(all(facts, 'Node'), 'Nodes', (nodes): readonly Said[] =>
      ofMany(
        nodes.filter((node) => isSelected(node, routes)),
        'route agents',
        ({ metadata }) => {
          const lease = one(facts, 'Lease', routes.routePlanNamespace, routeAgentLeaseName(metadata.name));
          if (!lease.seen) return undefined;
          const age = lease.value === undefined ? undefined : facts.now - lastRenewal(lease.value);
          if (age !== undefined && age <= routes.staleAfterSeconds * 1000) return undefined;
          return failed(
            `route agent of Node ${metadata.name}`,
            `a sign of life within ${routes.staleAfterSeconds} s`,
            age === undefined ? 'none ever' : `the last ${spoken(age)} ago`,
          );
        },
      ),
    );
  },
};
