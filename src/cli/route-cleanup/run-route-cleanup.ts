import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { guardProtocolOf } from '../../contract/route-protocols.ts';
import { type CleanedUp, cleanUpRoutes } from '../../controller/index.ts';
import { connect, systemClock } from '../../kube/index.ts';
import type { Outcome } from '../outcome.ts';
import { failureText } from '../sync/failure-text.ts';
import { hostCredentials } from '../sync/host-credentials.ts';
import { printable } from '../text/printable.ts';
import { writeAll } from '../write-all.ts';

/** What `route-cleanup` is told, checked. */
export interface RouteCleanupFlags {
  readonly namespace: string;
  readonly leaseNamespace: string;
  readonly timeoutMs: number;
  /** Number that marks the routes, for what is said to whoever removes them by hand. */
  readonly protocol: number;
  readonly kubeconfig?: string;
}

/** Takes the routes of all agents away. */
export async function runRouteCleanup(flags: RouteCleanupFlags): Promise<Outcome> {
  const credentials = await hostCredentials(flags.kubeconfig);
  if (!credentials.ok) return { exitCode: 66, stderr: failureText(credentials.failure) };
  const kube = connect(credentials.value, { userAgent: 'kubebyon-gateway-route-cleanup' });
  const done = await cleanUpRoutes({
    kube,
    clock: systemClock,
    random: Math.random,
    namespace: flags.namespace,
    leaseNamespace: flags.leaseNamespace,
    identity: `${hostname()}_${randomUUID()}`,
    timeoutMs: flags.timeoutMs,
    onProgress: (message) => writeAll(2, `${printable(message)}\n`),
  });
  await kube.close();
  return done.ok
    ? {
        exitCode: 0,
        stdout: `${done.value.plans} RoutePlans are gone\n`,
        stderr: leftText(done.value, flags.protocol),
      }
    : { exitCode: 1, stderr: failureText(done.failure) };
}

function leftText({ left }: CleanedUp, protocol: number): string {
  if (left.length === 0) return '';
  const nodes = left.slice(0, 20).join(', ') + (left.length > 20 ? ` and ${left.length - 20} more` : '');
  return `warning: ${printable(`expected every agent to say that its routes are gone, found none of ${nodes}`)}\n  hint: on these Nodes run "ip route flush proto ${protocol}", "ip route flush proto ${guardProtocolOf(protocol)}", and both again as "ip -6"\n`;
}
