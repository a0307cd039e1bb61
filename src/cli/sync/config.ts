import {
  describeEnvironmentProblem,
  type Environment,
  parseRuntimeEnvironment,
} from '../../contract/environment-codec.ts';
import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { deploymentEnvironment } from '../../controller/index.ts';
import { type Credentials, connect } from '../../kube/index.ts';
import { printable } from '../text/printable.ts';
import { failureText } from './failure-text.ts';

export type SyncConfig =
  | { readonly ok: true; readonly config: RuntimeConfig; readonly warnings: string }
  | { readonly ok: false; readonly stderr: string };

/** The config that the environment says, this process's or that of a Deployment that runs. */
export async function syncConfig(host: Credentials, envFrom: string | undefined): Promise<SyncConfig> {
  // In a Pod of the chart no variable is provider haproxy; anywhere else somebody has forgotten them.
  const isInPod = (process.env.KUBERNETES_SERVICE_HOST ?? '') !== '';
  if (envFrom === undefined) return configIn(process.env, !isInPod);
  const kube = connect(host);
  const environment = await deploymentEnvironment(kube, envFrom);
  await kube.close();
  return environment.ok
    ? configIn(environment.value, false)
    : { ok: false, stderr: failureText(environment.failure) };
}

/**
 * @param mustBeTold whether no variable is a mistake: it means provider haproxy, of which every object is withdrawn.
 */
export function configIn(environment: Environment, mustBeTold: boolean): SyncConfig {
  const parsed = parseRuntimeEnvironment(environment);
  if (!parsed.ok) {
    const lines = parsed.problems.map(
      (problem) => `${problem.severity}: ${printable(describeEnvironmentProblem(problem))}`,
    );
    const hint = '  hint: compare with docs/runtime.md, Variables';
    return { ok: false, stderr: `${[...lines, hint].join('\n')}\n` };
  }
  if (mustBeTold && parsed.config.provider === 'haproxy') {
    return {
      ok: false,
      stderr:
        'error: expected the variables of the API container, KUBEBYON_GATEWAY_API_GATEWAY_NAME and others, found none\n' +
        '  hint: set them, or take them from a Deployment with --env-from deployment/NAMESPACE/NAME\n',
    };
  }
  const warnings = parsed.warnings.map((one) => `warning: ${printable(describeEnvironmentProblem(one))}\n`);
  return { ok: true, config: parsed.config, warnings: warnings.join('') };
}
