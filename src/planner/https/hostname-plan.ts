import type { Finding } from '../findings.ts';
import type { Binding } from '../ownership/index.ts';
import type { HostnameStatus } from '../status.ts';
import type { DnsMemory } from '../world/memory.ts';
import { type ObservedShards, shardHostnames } from '../world/route-shards.ts';
import type { PlacedListener } from './listeners-observed.ts';

/** How one hostname of a cluster is served. */
export interface EdgeHostname {
  readonly hostname: string;
  readonly http: boolean;
  readonly https: 'shared' | 'dedicated' | undefined;
  readonly redirect: boolean;
  /** {@link hostnameObjectName} of it, where it is known. */
  readonly name?: string;
  /** Of a dedicated hostname: where its listener is. */
  readonly listener?: PlacedListener;
  /** Of a dedicated hostname: the hostname whose listener serves it, where that is another. */
  readonly certificateOf?: string;
}

/** A self-managed hostname that shall have a certificate and a listener of its own. */
export interface DedicatedHostname {
  readonly hostname: string;
  readonly clusterId: string;
  /** Name of listener, Certificate and Secret. */
  readonly name: string;
  readonly createdAt: number;
  readonly binding: Binding | undefined;
  /** A certificate may be ordered; false: what exists is kept. */
  readonly mayOrder: boolean;
}

/** What becomes of one hostname. */
export interface HostnamePlan {
  readonly status: HostnameStatus;
  /** Leftovers of earlier bindings are planned but not listed. */
  readonly listed: boolean;
  readonly served?: EdgeHostname;
  readonly findings: readonly Finding[];
  /** It was served and will not be. */
  readonly withdrawn: boolean;
  readonly dns?: DnsMemory;
  readonly sharedName: boolean;
  readonly dedicated?: DedicatedHostname;
}

/** The hostnames that our routes serve now, by how. */
export interface Live {
  readonly http: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
  readonly dedicated: ReadonlySet<string>;
  readonly redirect: ReadonlySet<string>;
}

export function liveHostnames(shards: ObservedShards): Live {
  return {
    http: shardHostnames(shards.http),
    shared: shardHostnames(shards.https),
    dedicated: shardHostnames(shards['https-dedicated']),
    redirect: shardHostnames(shards.redirect),
  };
}
