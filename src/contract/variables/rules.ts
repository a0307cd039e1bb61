import type { ConfigPath } from './config-path.ts';
import { CONFIG_VARIABLES } from './index.ts';
import type { Told } from './variable.ts';

/** What must hold between variables, each of which is well-formed by itself. */
export interface VariableRule {
  /** The variable that is refused. */
  readonly path: ConfigPath;
  readonly brokenWhen: (told: Told) => boolean;
  /** What is allowed instead, in words. */
  readonly expected: (told: Told) => string;
}

/** The name of the variable at a path, for messages. */
function nameOf(path: ConfigPath): string {
  return CONFIG_VARIABLES.find((row) => row.path === path)?.name ?? path;
}

export const VARIABLE_RULES: readonly VariableRule[] = [
  needsTls('workload.tls.httpToHttpsRedirect'),
  needsTls('workload.tls.certManager'),
  needsTls('workload.tls.selfManaged'),
  needsGroup('workload.tls.issuerRef'),
  needsGroup('workload.tls.selfManagedIssuerRef'),
  {
    path: 'workload.tls.issuerRef.name',
    brokenWhen: (told) =>
      told('workload.tls.certManager') === 'true' && told('workload.tls.issuerRef.name') === '',
    expected: () => `the name of an issuer, because ${nameOf('workload.tls.certManager')} is true`,
  },
  {
    path: 'workload.tls.selfManagedIssuerRef.name',
    brokenWhen: (told) =>
      told('workload.tls.selfManaged') === 'true' &&
      told('workload.tls.issuerRef.name') === '' &&
      told('workload.tls.selfManagedIssuerRef.name') === '',
    expected: () =>
      `the name of an issuer here or in ${nameOf('workload.tls.issuerRef.name')}, because ${nameOf('workload.tls.selfManaged')} is true`,
  },
  {
    path: 'workload.podCIDRRoute.staleAfterSeconds',
    brokenWhen: (told) => {
      const staleAfter = Number(told('workload.podCIDRRoute.staleAfterSeconds'));
      return (
        told('workload.podCIDRRoute.enabled') === 'true' && staleAfter > 0 && staleAfter < threeRounds(told)
      );
    },
    expected: (told) =>
      `at least ${threeRounds(told)}, three times ${nameOf('workload.podCIDRRoute.syncIntervalSeconds')}`,
  },
];

function needsTls(path: ConfigPath): VariableRule {
  return {
    path,
    brokenWhen: (told) => told(path) === 'true' && told('workload.tls.httpsListenerName') === '',
    expected: () => `false, because ${nameOf('workload.tls.httpsListenerName')} is empty (TLS is off)`,
  };
}

function needsGroup(issuer: 'workload.tls.issuerRef' | 'workload.tls.selfManagedIssuerRef'): VariableRule {
  return {
    path: `${issuer}.group`,
    brokenWhen: (told) => told(`${issuer}.name`) !== '' && told(`${issuer}.group`) === '',
    expected: () => `an API group, because ${nameOf(`${issuer}.name`)} is set`,
  };
}

function threeRounds(told: Told): number {
  return 3 * Number(told('workload.podCIDRRoute.syncIntervalSeconds'));
}
