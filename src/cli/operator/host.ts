import { connect, type Failure, type Kube, type Result, systemClock } from '../../kube/index.ts';
import type { ServerVersion } from '../../operator/checks/facts.ts';
import type { Outcome } from '../outcome.ts';
import { failureText } from '../sync/failure-text.ts';
import { hostCredentials } from '../sync/host-credentials.ts';
import { askVersion } from './ask-version.ts';
import { type Counted, counted } from './counted.ts';
import type { CheckOptions } from './flags.ts';

/** A cluster that answers. */
export interface Host extends Counted {
  readonly server: string;
  readonly version: ServerVersion;
  close(): Promise<void>;
}

/** How a command ends that cannot ask the cluster at all. */
export type NoHost = { readonly ok: false; readonly outcome: Outcome };

/**
 * Connects to the cluster of some flags and asks for its version.
 *
 * @param most requests that may be sent.
 */
export async function reachHost(
  { kubeconfig, context }: Pick<CheckOptions, 'kubeconfig' | 'context'>,
  most: number,
): Promise<{ readonly ok: true; readonly host: Host } | NoHost> {
  const credentials = await hostCredentials(kubeconfig, context);
  if (!credentials.ok) return ended(credentials.failure);
  const kube = connect(credentials.value, { userAgent: 'kubebyon-gateway', clock: systemClock });
  return await hostOf(kube, most);
}

async function hostOf(
  kube: Kube,
  most: number,
): Promise<{ readonly ok: true; readonly host: Host } | NoHost> {
  const count = counted(kube.requester, most);
  const version: Result<ServerVersion> = await askVersion(count.requester);
  if (!version.ok) {
    await kube.close();
    return ended(version.failure);
  }
  return { ok: true, host: { ...count, server: kube.server, version: version.value, close: kube.close } };
}

/** A kubeconfig that cannot be read is a file that cannot be read; else the cluster cannot be reached. */
function ended(failure: Failure): NoHost {
  const exitCode = failure.kind === 'credentials' ? 66 : 69;
  return { ok: false, outcome: { exitCode, stderr: failureText(failure) } };
}
