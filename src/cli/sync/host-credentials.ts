import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type Credentials,
  inClusterCredentials,
  kubeconfigCredentials,
  type Result,
  systemClock,
} from '../../kube/index.ts';

/** Who we are to the host cluster: a kubeconfig that is named, the Pod's own account, or kubectl's kubeconfig. */
export async function hostCredentials(
  kubeconfig: string | undefined,
  context?: string,
): Promise<Result<Credentials>> {
  const environment = process.env;
  const clock = systemClock;
  const isInPod = (environment.KUBERNETES_SERVICE_HOST ?? '') !== '';
  if (kubeconfig === undefined && context === undefined && isInPod)
    return inClusterCredentials({ environment, clock });
  const usual = environment.KUBECONFIG ?? join(homedir(), '.kube', 'config');
  const file = kubeconfig ?? usual;
  if (kubeconfig === undefined && !existsSync(file)) return nothingFound(file);
  return kubeconfigCredentials({
    file,
    clock,
    environment,
    ...(context === undefined ? {} : { context }),
  });
}

function nothingFound(file: string): Result<never> {
  return {
    ok: false,
    failure: {
      kind: 'credentials',
      at: file,
      message: 'expected a kubeconfig, found none',
      hint: 'name one with --kubeconfig',
    },
  };
}
