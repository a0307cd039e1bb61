import { get, recordOf, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ofAll } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { gatewayConfig } from '../wanted.ts';

const OBJECT = 'Nodes of gatewayAPI.workload.podCIDRRoute.targetNodeSelector';

export const nodesSelected: PreflightRule = {
  code: 'NodesSelected',
  looksAt: 'With route agents, targetNodeSelector selects at least one Node.',
  replaces: [],
  next: 'label the Nodes that carry the Gateways: kubectl label node NAME KEY=VALUE',
  check: (facts) => {
    const routes = gatewayConfig(facts.wanted)?.workload?.podCIDRRoute;
    if (routes?.enabled !== true || routes.mode !== 'routeagent') return [];
    const selector = Object.entries(routes.targetNodeSelector);
    return ofAll(facts, 'Node', undefined, (nodes): readonly Said[] => {
      const selected = nodes.filter(({ metadata }) =>
        selector.every(([key, value]) => textOf(get(recordOf(metadata.labels), key)) === value),
      );
      const text = selector.map(([key, value]) => `${key}=${value}`).join(',') || 'every Node';
      return [
        selected.length > 0
          ? ok(OBJECT, `${selected.length} Nodes`)
          : failed(OBJECT, `a Node with ${text}`, `none of ${nodes.length} Nodes`),
      ];
    });
  },
};
