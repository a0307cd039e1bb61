/**
 * One Kubernetes API server: who we are to it, requests, lists and watches, writes, events, a lease.
 * Never: what any object means, what should be written, an exception for what a server or a network does.
 * Its rule stands in docs/architecture.md, "One API server".
 */
export { type Cancel, type Clock, type Random, systemClock } from './clock.ts';
export {
  type ConnectOptions,
  connect,
  type Kube,
  type Limits,
  TENANT_LIMITS,
  type WatchOptions,
} from './connection.ts';
export type { Credentials, Identity } from './credentials/credentials.ts';
export { type InClusterOptions, inClusterCredentials } from './credentials/in-cluster.ts';
export { type KubeconfigOptions, kubeconfigCredentials } from './credentials/kubeconfig.ts';
export { type TenantService, tenantCredentials } from './credentials/tenant.ts';
export type { ServedKind } from './discovery.ts';
export { createEvents, type Events, type EventsOptions, type ObjectEvent } from './events.ts';
export {
  describeFailure,
  type Failure,
  type FailureCause,
  type FailureKind,
  type Result,
} from './failure.ts';
export { ELECTION_TIMES, type ElectionTimes } from './lease/election.ts';
export {
  type Heartbeat,
  type HeartbeatOptions,
  heartbeat,
  type LifeWatch,
  type LifeWatchOptions,
  watchLife,
} from './lease/heartbeat.ts';
export { holdLease, type Lease, type LeaseOptions } from './lease/lease.ts';
export { type TakeOverOptions, takeOverLease } from './lease/take-over.ts';
export { type ListOptions, listObjects } from './list.ts';
export {
  apiVersionOf,
  isStored,
  type KubeObject,
  keyOf,
  type ObjectMeta,
  type Place,
  pathOf,
  type Resource,
  type StoredObject,
} from './object.ts';
export type { Requester } from './requests/requester.ts';
export type { Change } from './watch/known.ts';
export { type CertificateFacts, secretFacts } from './watch/secret.ts';
export type { Selection } from './watch/source.ts';
export { identityOnly, type Trim, withoutBookkeeping, withoutLastApplied } from './watch/trim.ts';
export { compareVersions } from './watch/versions.ts';
export type { Watch, WatchHandler, WatchHealth } from './watch/watch.ts';
export type { ApplyOptions, CallOptions, DeleteOptions, Fence, Writes } from './write.ts';
