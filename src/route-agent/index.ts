/**
 * RoutePlans become routes of this host's kernel: read, judge, change by `ip`, read again, report.
 * Never: deciding which routes a cluster has, touching an entry of another protocol or the default route.
 * Its rule stands in docs/route-agent.md.
 */
export { type RouteAgent, startRouteAgent } from './agent/agent.ts';
export type { RouteAgentHandler, RouteAgentOptions } from './agent/agent-options.ts';
export { type AgentConfig, parseAgentEnvironment } from './agent/config.ts';
export { dependences, hostOf, type Surroundings } from './agent/host.ts';
export { hostReader } from './agent/host-reader.ts';
export { changeEntries, issueEntries } from './agent/log-entries.ts';
export { ROUTE_AGENT_METRICS } from './agent/metric-table.ts';
export { type AgentCounts, type AgentMetrics, countAgent, createAgentMetrics } from './agent/metrics.ts';
export { type OwnPlans, ownPlans } from './agent/own-plans.ts';
export { checkPlace } from './agent/place.ts';
export type { PlanSource } from './agent/plan-source.ts';
export type { Round } from './agent/round.ts';
export { type AgentState, agentHealth, agentReadiness } from './agent/state.ts';
export { type ThisHost, thisHost } from './agent/this-host.ts';
export { lineOf } from './kernel/grammar.ts';
export { type Monitor, startMonitor } from './kernel/monitor.ts';
export { kernelObserver } from './kernel/observe.ts';
export { checkNetwork, ipVersion } from './kernel/program.ts';
export { ipRunner, type RunIp } from './kernel/run-ip.ts';
export { planKernelRoutes } from './plan/plan-kernel-routes.ts';
export type { Host, Kernel, KernelPlan, PlanReport, Policy, RouteOp, RoutePlan } from './types.ts';
