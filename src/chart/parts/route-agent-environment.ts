import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import { ROUTE_AGENT_NODE_VARIABLES, ROUTE_AGENT_VARIABLES } from '../../contract/variables/route-agent.ts';
import { joinItems, type Template, toText } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { environmentOf, type ValuedVariable, valued } from './environment.ts';

const { routeAgent } = values;

/** How the values mark the routes. */
export const routeMarkVariables: readonly ValuedVariable[] = valued(ROUTE_AGENT_VARIABLES, {
  protocol: toText(routeAgent.protocol),
  metric: toText(routeAgent.metric),
  protectedCIDRs: joinItems(routeAgent.protectedCIDRs, ','),
}).map(({ name, value }) => ({ name, value }));

/** What the values tell the route agent: which plans it follows, and how it marks its routes. */
export const routeAgentVariables: readonly ValuedVariable[] = [
  ...environmentOf('route-agent', 'workload'),
  ...routeMarkVariables,
];

const whereItRuns: readonly Template<IEnvVar>[] = valued(ROUTE_AGENT_NODE_VARIABLES, {
  nodeName: 'spec.nodeName',
  nodeIp: 'status.hostIP',
}).map(({ name, value: fieldPath }) => ({ name, valueFrom: { fieldRef: { fieldPath } } }));

/** What the agent is told, and where it runs. */
export const routeAgentEnvironment: readonly Template<IEnvVar>[] = [...whereItRuns, ...routeAgentVariables];

/** What the API is told besides to keep the routes of its own Node. */
export const localRouteEnvironment: readonly Template<IEnvVar>[] = [...whereItRuns, ...routeMarkVariables];
