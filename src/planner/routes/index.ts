/**
 * Decides the HTTPRoutes of a cluster: which route holds which hostname, and the sequence of their writes.
 * Never decides whether a hostname is served or redirected; it takes that as given.
 * Runbook 5.3, redirect with 302, and 5.4, HTTPRoute.
 */
export { planEdgeRoutes } from './edge-routes.ts';
export { readRouteConditions } from './route-conditions.ts';
