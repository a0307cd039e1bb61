/**
 * What is observed goes to the planner, what is planned to the cluster: facts, tenants, DNS, probes, writes.
 * Never: deciding what is planned, reading a tenant's word as the platform's, a write without the planner.
 * Its rule stands in docs/operations.md.
 */
export { deploymentEnvironment } from './config/deployment-environment.ts';
export {
  type Controller,
  type ControllerHandler,
  type ControllerOptions,
  createController,
} from './controller.ts';
export type { HostState } from './facts/host.ts';
export type { HostNetworks } from './facts/host-record.ts';
export { fileInventory } from './inventory/file.ts';
export { type HttpInventoryOptions, httpInventory } from './inventory/http.ts';
export { type InProcessInventory, inProcessInventory } from './inventory/in-process.ts';
export type { ClusterReport, InventorySnapshot, InventorySource } from './inventory/inventory.ts';
export { type Entry, failureEntry, faultEntry, plannedEntries, writtenEntry } from './log/entries.ts';
export { type DnsClient, dnsClient } from './observations/dns-client.ts';
export type { ControllerState } from './state.ts';
export type { TenantsState } from './tenants/tenants.ts';
export type { Refusal } from './writes/objects.ts';
export type { Verdict } from './writes/verdict.ts';
