/**
 * Decides the routes to Pods of private nodes: one RoutePlan for the agents, or a list that the API installs itself.
 * Never lets in a route outside the cluster's podCIDRs, nor takes one away while an endpoint lies in it.
 * Runbook 5.4, podCIDRRoute.mode.
 */
export { planPodRoutes } from './route-plans.ts';
