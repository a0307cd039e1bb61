import { GATEWAY_API_ENV_PREFIX } from '../../contract/environment.ts';
import {
  describeEnvironmentProblem,
  type Environment,
  parseRuntimeEnvironment,
} from '../../contract/environment-codec.ts';
import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { CONFIG_VARIABLES } from '../../contract/variables/index.ts';
import { at, get, isRecord, listOf, textOf } from '../../planner/world/json.ts';
import type { KubeObject } from '../../planner/world/world.ts';

/** What the variables of a Deployment say to the runtime, or what is wrong with them. */
export type DeploymentConfig =
  | { readonly ok: true; readonly config: RuntimeConfig }
  | { readonly ok: false; readonly problems: readonly string[] };

const NAMES: ReadonlySet<string> = new Set(CONFIG_VARIABLES.map(({ name }) => name));

/** The variables that a Deployment gives to its containers about Gateways; an empty value is not stored, so it is absent. */
export function gatewayVariables(deployment: Pick<KubeObject, 'spec'>): Environment {
  const containers = listOf(at(deployment.spec, 'template', 'spec', 'containers'));
  return Object.fromEntries(
    containers
      .flatMap((container) => listOf(get(container, 'env')))
      .flatMap((variable) => {
        const name = textOf(get(variable, 'name')) ?? '';
        return NAMES.has(name) || name.startsWith(GATEWAY_API_ENV_PREFIX)
          ? [[name, textOf(get(variable, 'value')) ?? '']]
          : [];
      }),
  );
}

/** The config of the runtime as the Deployment says it. */
export function configOf(deployment: Pick<KubeObject, 'spec'>): DeploymentConfig {
  const elsewhere = listOf(at(deployment.spec, 'template', 'spec', 'containers'))
    .flatMap((container) => listOf(get(container, 'env')))
    .find(
      (variable) => NAMES.has(textOf(get(variable, 'name')) ?? '') && isRecord(get(variable, 'valueFrom')),
    );
  if (elsewhere !== undefined)
    return {
      ok: false,
      problems: [`${textOf(get(elsewhere, 'name')) ?? ''} has its value from somewhere else`],
    };
  const parsed = parseRuntimeEnvironment(gatewayVariables(deployment));
  if (parsed.ok) return { ok: true, config: parsed.config };
  return { ok: false, problems: parsed.problems.map(describeEnvironmentProblem) };
}
