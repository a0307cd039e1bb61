import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import type { LeaderOptions } from '../../controller/index.ts';
import type { SyncOptions } from './options.ts';

const OWN_NAMESPACE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

/** Which Lease this process takes part in; undefined: none. */
export function leaderOf(
  {
    leaderElection,
    leaseNamespace,
    envFrom,
  }: Pick<SyncOptions, 'leaderElection' | 'leaseNamespace' | 'envFrom'>,
  config: RuntimeConfig,
): LeaderOptions | undefined {
  if (!leaderElection) return undefined;
  const [, ofDeployment] = envFrom?.split('/') ?? [];
  const ofGateway = config.provider === 'gatewayapi' ? config.controlPlane.gateway.namespace : 'default';
  return {
    namespace: leaseNamespace ?? ownNamespace() ?? ofDeployment ?? ofGateway,
    identity: `${hostname()}_${randomUUID()}`,
  };
}

/** The namespace of the Pod that this process runs in. */
function ownNamespace(): string | undefined {
  try {
    return readFileSync(OWN_NAMESPACE, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
