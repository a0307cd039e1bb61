/**
 * The one table of environment variables: names, grammars, where each stands in the config, who gets it and when. The
 * chart's lists, parsing, formatting and the documentation follow from it. It never says where a chart's value comes
 * from (`src/chart/parts/environment.ts`). Runbook sections 5.2, 5.4 and 5.5.
 */
import { CONTROL_PLANE_VARIABLES } from './control-plane.ts';
import { EDGE_VARIABLES } from './edge.ts';
import { EDGE_CONTROLLER_API_VARIABLES, EDGE_CONTROLLER_VARIABLES } from './edge-controller.ts';
import {
  ROUTE_AGENT_EXTRA_VARIABLES,
  ROUTE_AGENT_NODE_VARIABLES,
  ROUTE_AGENT_VARIABLES,
} from './route-agent.ts';
import { covering, type Variable } from './variable.ts';
import { WEB_VARIABLES } from './web.ts';
import { WORKLOAD_VARIABLES } from './workload.ts';

/** The variables of the API's config. Every value of it has its row here, or this does not compile. */
export const CONFIG_VARIABLES = covering([
  ...Object.values(CONTROL_PLANE_VARIABLES),
  ...Object.values(WORKLOAD_VARIABLES),
  ...Object.values(EDGE_VARIABLES),
]);

/** Every variable, in the order in which a process is told. */
export const VARIABLES: readonly Variable[] = [
  ...Object.values(ROUTE_AGENT_NODE_VARIABLES),
  ...CONFIG_VARIABLES,
  ...Object.values(EDGE_CONTROLLER_API_VARIABLES),
  ...Object.values(EDGE_CONTROLLER_VARIABLES),
  ...Object.values(ROUTE_AGENT_VARIABLES),
  ...Object.values(ROUTE_AGENT_EXTRA_VARIABLES),
  ...Object.values(WEB_VARIABLES),
];
