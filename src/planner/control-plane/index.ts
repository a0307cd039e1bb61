/**
 * Decides the TLSRoutes of control planes, and in which sequence their hostnames move between clusters.
 * Never writes a hostname that another TLSRoute is seen with, and never lets two stand with one name.
 * Runbook 5.2, provider=gatewayapi.
 */
export { type ControlPlanePlan, planControlPlaneRoute } from './control-plane-routes.ts';
export { CONTROL_PLANE_RULES } from './control-plane-rules.ts';
export { sequenceControlPlaneRoutes, type WaitingRoute } from './control-plane-sequence.ts';
