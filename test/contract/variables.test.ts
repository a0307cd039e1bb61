import { expect, test } from 'vitest';
import { WORKLOAD_ENV } from '../../src/contract/environment.ts';
import {
  type Environment,
  formatRuntimeEnvironment,
  parseRuntimeEnvironment,
} from '../../src/contract/environment-codec.ts';
import type { GatewayApiConfig } from '../../src/contract/runtime-config.ts';
import { CONFIG_VARIABLES, VARIABLES } from '../../src/contract/variables/index.ts';
import { VARIABLE_RULES } from '../../src/contract/variables/rules.ts';
import { gatewayConfig, httpOnly } from '../support/worlds.ts';

test('no two rows have one name or one path', () => {
  expect(new Set(VARIABLES.map(({ name }) => name)).size).toBe(VARIABLES.length);
  expect(new Set(CONFIG_VARIABLES.map(({ path }) => path)).size).toBe(CONFIG_VARIABLES.length);
});

test('the worker is told a part of what the API is told', () => {
  const worker = CONFIG_VARIABLES.filter(({ processes }) => processes.some((one) => one === 'worker'));
  expect(worker.map(({ when }) => when)).toEqual(['gatewayapi', 'gatewayapi', 'gatewayapi', 'gatewayapi']);
  expect(worker.filter(({ processes }) => !processes.some((one) => one === 'api'))).toEqual([]);
});

test('a config is told by every row, in the order of the table', () => {
  expect(Object.keys(formatRuntimeEnvironment(gatewayConfig()))).toEqual(
    CONFIG_VARIABLES.map(({ name }) => name),
  );
});

const W = WORKLOAD_ENV;
const NO_ISSUERS = { [W.certManagerIssuerName]: '', [W.selfManagedCertManagerIssuerName]: '' };

/** Every rule between variables: what breaks it, and the variable that is refused. */
const BROKEN: readonly (readonly [variable: string, changes: Environment, config: GatewayApiConfig])[] = [
  [W.httpToHttpsRedirect, { [W.httpToHttpsRedirect]: 'true' }, gatewayConfig(httpOnly())],
  [W.certManagerEnabled, { [W.certManagerEnabled]: 'true' }, gatewayConfig(httpOnly())],
  [W.selfManagedCertManagerEnabled, { [W.selfManagedCertManagerEnabled]: 'true' }, gatewayConfig(httpOnly())],
  [
    W.certManagerIssuerGroup,
    { [W.certManagerIssuerName]: 'le', [W.certManagerIssuerGroup]: '' },
    gatewayConfig(),
  ],
  [
    W.selfManagedCertManagerIssuerGroup,
    { [W.selfManagedCertManagerIssuerName]: 'le', [W.selfManagedCertManagerIssuerGroup]: '' },
    gatewayConfig(),
  ],
  [W.certManagerIssuerName, { ...NO_ISSUERS, [W.certManagerEnabled]: 'true' }, gatewayConfig()],
  [
    W.selfManagedCertManagerIssuerName,
    { ...NO_ISSUERS, [W.selfManagedCertManagerEnabled]: 'true' },
    gatewayConfig(),
  ],
  [
    W.routeStaleAfterSeconds,
    {
      [W.podCIDRRouteEnabled]: 'true',
      [W.routeStaleAfterSeconds]: '59',
      [W.routeSyncIntervalSeconds]: '20',
    },
    gatewayConfig(),
  ],
];

test('for every rule between variables there is a case that breaks it', () => {
  expect(BROKEN.map(([variable]) => variable)).toEqual(
    VARIABLE_RULES.map(({ path }) => CONFIG_VARIABLES.find((row) => row.path === path)?.name),
  );
});

test.each(BROKEN)('%s is refused for what another variable says', (variable, changes, config) => {
  const env = formatRuntimeEnvironment(config);
  const parsed = parseRuntimeEnvironment({ ...env, ...changes });
  expect(parsed.ok ? [] : parsed.problems).toContainEqual(
    expect.objectContaining({ variable, expected: expect.stringContaining('KUBEBYON_') }),
  );
});

test('a text outside its grammar never reaches a config', () => {
  const env = formatRuntimeEnvironment(gatewayConfig());
  for (const { name } of CONFIG_VARIABLES)
    expect(parseRuntimeEnvironment({ ...env, [name]: '\n' }).ok, name).toBe(false);
});
