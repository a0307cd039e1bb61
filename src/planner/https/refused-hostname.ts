import { hostnameObjectName } from '../../contract/runtime-names.ts';
import { isBelow } from '../../text/hostnames.ts';
import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { Refusal } from '../ownership/index.ts';
import type { HostnameStatus } from '../status.ts';
import { isHeld } from '../world/hold.ts';
import { usesSharedListener } from './certificate-choice.ts';
import { awaitsReceiver } from './handover.ts';
import type { DedicatedHostname, EdgeHostname, HostnamePlan, Live } from './hostname-plan.ts';

/** A name that our routes serve and the cluster does not ask for (any more). */
export function planLeftover(context: ClusterContext, hostname: string, live: Live): HostnamePlan {
  return { ...withheld(context, hostname, 'self', 'Unbound', [], live), listed: false };
}

/** A name that the cluster may not have. */
export function refused(
  context: ClusterContext,
  hostname: string,
  management: HostnameStatus['management'],
  { code, message }: Refusal,
  live: Live,
): HostnamePlan {
  const findings = [finding(code, context.id, message, { hostname })];
  return withheld(context, hostname, management, code, findings, live);
}

/** A name that may not be served: it goes, unless withdrawals are held back or its new owner does not serve it yet. */
export function withheld(
  context: ClusterContext,
  hostname: string,
  management: HostnameStatus['management'],
  reason: string,
  findings: readonly Finding[],
  live: Live,
): HostnamePlan {
  const isLive =
    live.http.has(hostname) ||
    live.redirect.has(hostname) ||
    live.shared.has(hostname) ||
    live.dedicated.has(hostname);
  const kept = isLive && (isHeld(context.hold, 'hostname') || awaitsReceiver(context, hostname));
  const status: HostnameStatus = {
    hostname,
    management,
    phase: reason === 'Released' ? 'released' : 'conflict',
    reason,
    http: kept ? 'served' : 'withheld',
    https: 'off',
  };
  const withdrawn = isLive && !awaitsReceiver(context, hostname);
  if (!kept) return { status, listed: true, findings, withdrawn, sharedName: false };
  return { ...carried(context, hostname, status, live), findings, withdrawn };
}

/** Everything about a name stays as it is observed. */
function carried(
  context: ClusterContext,
  hostname: string,
  status: HostnameStatus,
  live: Live,
): HostnamePlan {
  const name = hostnameObjectName(hostname);
  const listener = live.dedicated.has(hostname) ? context.shared.listeners.own.get(name) : undefined;
  const https = live.dedicated.has(hostname) ? 'dedicated' : live.shared.has(hostname) ? 'shared' : undefined;
  const served: EdgeHostname = {
    hostname,
    http: live.http.has(hostname),
    https,
    redirect: live.redirect.has(hostname),
    ...(listener === undefined ? {} : { listener }),
  };
  // A name that a listener of another hostname serves has nothing of its own to keep.
  const hasOwn = listener !== undefined || context.shared.store.certificate(name) !== undefined;
  const dedicated: DedicatedHostname = {
    hostname,
    clusterId: context.id,
    name,
    createdAt: 0,
    binding: undefined,
    mayOrder: false,
  };
  return {
    status,
    listed: true,
    served,
    findings: [],
    withdrawn: false,
    sharedName:
      https === 'shared' ||
      (context.hold.everything && usesSharedListener(context) && isShared(context, hostname)),
    ...(https === 'dedicated' && hasOwn ? { dedicated } : {}),
  };
}

function isShared({ shared }: ClusterContext, hostname: string): boolean {
  return shared.baseDomain !== undefined && isBelow(hostname, shared.baseDomain);
}
