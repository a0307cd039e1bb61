/**
 * Decides where requests of a cluster go: PodIP or NodePort, the shim Service and its EndpointSlices.
 * Never uses an address outside the cluster's own networks, nor one inside a protected network.
 * Runbook 5.4, shim Service, PodIP and the way back to NodePort.
 */

export {
  type BackendPlan,
  backendStatus,
  chooseBackend,
  type ProbeTarget,
  tenantFindings,
} from './backend-choice.ts';
export { edgeNameOf } from './edge-names.ts';
export { planEndpointSlices } from './endpoint-slices.ts';
export { type Protection, protectionOf } from './protection.ts';
export { type RouteReports, routeReports, sameRouteReports } from './route-reports.ts';
export { planShimService } from './shim-service.ts';
