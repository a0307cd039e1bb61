/**
 * What is observed goes to the planner, what is planned to the cluster: facts, tenants, DNS, probes, writes.
 * Never: deciding what is planned, reading a tenant's word as the platform's, a write without the planner.
 * Its rule stands in docs/operations.md.
 */
export {
  type Credentials,
  describeFailure,
  type Failure,
  inClusterCredentials,
  kubeconfigCredentials,
  type Result,
  systemClock,
} from '../kube/index.ts';
export { type Entry, failureEntry, faultEntry } from '../process/entries.ts';
export type { Health } from '../process/health.ts';
export { jsonLog, type Log } from '../process/json-log.ts';
export { type Serving, type ServingOptions, serve } from '../process/server.ts';
export { type ThisHost, thisHost } from '../route-agent/index.ts';
export { deploymentEnvironment } from './config/deployment-environment.ts';
export { type Controller, createController } from './controller.ts';
export type { ControllerHandler, ControllerOptions } from './controller-options.ts';
export { LEASE_NAME, type LeaderOptions } from './election.ts';
export type { HostState } from './facts/host.ts';
export type { HostNetworks } from './facts/host-record.ts';
export {
  type EdgeClusterInventoryOptions,
  edgeClusterInventory,
} from './inventory/edge-cluster-inventory.ts';
export { fileInventory } from './inventory/file.ts';
export { type HttpInventoryOptions, httpInventory } from './inventory/http.ts';
export { type InProcessInventory, inProcessInventory } from './inventory/in-process.ts';
export type {
  ClusterReport,
  InventoryHost,
  InventorySnapshot,
  InventorySource,
} from './inventory/inventory.ts';
export { plannedEntries, writtenEntry } from './log/entries.ts';
export { type DnsClient, dnsClient } from './observations/dns-client.ts';
export { type CleanedUp, type CleanUpOptions, cleanUpRoutes } from './routes/clean-up.ts';
export { healthOf, readinessOf } from './serving/health.ts';
export { METRICS } from './serving/metric-table.ts';
export { createMetrics, type Metrics } from './serving/metrics.ts';
export type { ControllerState } from './state.ts';
export type { TenantsState } from './tenants/tenants.ts';
export type { Refusal } from './writes/objects.ts';
export type { Verdict } from './writes/verdict.ts';
