import type { IEnvVar } from 'kubernetes-models/v1/EnvVar';
import { ROUTE_AGENT_ENV, WORKLOAD_ENV } from '../../contract/environment.ts';
import { joinEntries, joinItems, type Template, toText } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { namespaces } from '../../values/names.ts';

const { routeAgent } = values;
const { podCIDRRoute } = values.gatewayAPI.workload;

/** What the route agent is told: where it runs, which plans it follows, and how it marks its routes. */
export const routeAgentEnvironment: readonly Template<IEnvVar>[] = [
  { name: ROUTE_AGENT_ENV.nodeName, valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  { name: ROUTE_AGENT_ENV.nodeIp, valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
  { name: WORKLOAD_ENV.routePlanNamespace, value: namespaces.routePlan },
  { name: WORKLOAD_ENV.routeTargetNodeSelector, value: joinEntries(podCIDRRoute.targetNodeSelector) },
  { name: WORKLOAD_ENV.routeStaleAfterSeconds, value: toText(podCIDRRoute.staleAfterSeconds) },
  { name: WORKLOAD_ENV.routeCommandTimeoutSeconds, value: toText(podCIDRRoute.commandTimeoutSeconds) },
  { name: WORKLOAD_ENV.routeSyncIntervalSeconds, value: toText(podCIDRRoute.syncIntervalSeconds) },
  { name: ROUTE_AGENT_ENV.protocol, value: toText(routeAgent.protocol) },
  { name: ROUTE_AGENT_ENV.metric, value: toText(routeAgent.metric) },
  { name: ROUTE_AGENT_ENV.protectedCIDRs, value: joinItems(routeAgent.protectedCIDRs, ',') },
];
