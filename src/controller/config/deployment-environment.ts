import { GATEWAY_API_ENV_PREFIX } from '../../contract/environment.ts';
import type { Environment } from '../../contract/environment-codec.ts';
import { CONFIG_VARIABLES } from '../../contract/variables/index.ts';
import type { Failure, Kube, Result, StoredObject } from '../../kube/index.ts';
import { at, isRecord, listOf, recordOf, textOf } from '../../planner/world/json.ts';

const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' };

/** The variables of a Deployment that runs, as `deployment/NAMESPACE/NAME` names it. */
export async function deploymentEnvironment(
  kube: Pick<Kube, 'get'>,
  reference: string,
): Promise<Result<Environment>> {
  const [kind, namespace = '', name = '', ...rest] = reference.split('/');
  if (kind !== 'deployment' || namespace === '' || name === '' || rest.length > 0) {
    return refused(reference, 'deployment/NAMESPACE/NAME', 'something else', 'write it so');
  }
  const read = await kube.get(DEPLOYMENTS, { namespace, name });
  if (!read.ok) return read;
  return read.value === undefined
    ? refused(reference, 'a Deployment', 'none', 'check its namespace and its name')
    : environmentIn(read.value, reference);
}

/**
 * The variables of the config that a container has; none of them means that no container has any, as
 * with provider haproxy. The API server does not store an empty value, so an absent one is empty.
 */
export function environmentIn(deployment: StoredObject, reference: string): Result<Environment> {
  const containers = listOf(at(deployment, 'spec', 'template', 'spec', 'containers'));
  const variables =
    containers.map((one) => listOf(at(one, 'env')).map(recordOf)).find((env) => env.some(isAboutGateways)) ??
    [];
  const told = variables.filter(isAboutGateways);
  const elsewhere = told.find(({ valueFrom }) => isRecord(valueFrom));
  if (elsewhere !== undefined) {
    const { name } = elsewhere;
    return refused(
      `${textOf(name)} of ${reference}`,
      'a value',
      'valueFrom',
      'set the variables in the environment instead of --env-from',
    );
  }
  const entries = told.map(({ name, value }) => [textOf(name) ?? '', textOf(value) ?? ''] as const);
  return { ok: true, value: Object.fromEntries(entries) };
}

const KNOWN: ReadonlySet<string> = new Set(CONFIG_VARIABLES.map(({ name }) => name));

function isAboutGateways(variable: Readonly<Record<string, unknown>>): boolean {
  const name = textOf(variable.name) ?? '';
  return KNOWN.has(name) || name.startsWith(GATEWAY_API_ENV_PREFIX);
}

function refused(where: string, expected: string, found: string, hint: string): Result<never> {
  const failure: Failure = {
    kind: 'malformed',
    at: where,
    message: `expected ${expected}, found ${found}`,
    hint,
  };
  return { ok: false, failure };
}
