import type { ProcessFlags } from '../input/process-flags.ts';

/** What `sync` is told, checked. */
export interface SyncOptions extends ProcessFlags {
  readonly inventory:
    | { readonly kind: 'edgecluster' }
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'http'; readonly url: string; readonly tokenFile?: string };
  /** `deployment/NAMESPACE/NAME`; the environment of this process unless given. */
  readonly envFrom?: string;
  /** Where the Lease is; unless given the namespace of the Pod, of `envFrom`, or of the control-plane Gateway. */
  readonly leaseNamespace?: string;
  readonly leaderElection: boolean;
  /** `HOST`, `HOST:PORT` or `[HOST]:PORT`; two public ones unless given. */
  readonly dnsServers: readonly string[];
  readonly protectedCIDRs: readonly string[];
}
