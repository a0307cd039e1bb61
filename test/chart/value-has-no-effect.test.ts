import { describe, expect, test } from 'vitest';
import { validate, valuesFrom } from '../../src/index.ts';
import { USUAL_RELEASE } from '../support/cases.ts';
import { CHARTS, gatewayValues, PLATFORM } from '../support/objects.ts';

type Values = Parameters<typeof valuesFrom>[1];

/** The warnings about values, as `path: message`. */
function warningsOf(values: Values): readonly string[] {
  return validate(valuesFrom('multi-node', values), USUAL_RELEASE).map(
    ({ severity, code, path, message }) => {
      expect([severity, code]).toEqual(['warning', 'ValueHasNoEffect']);
      expect(message.startsWith(`${path} has no effect`)).toBe(true);
      return message;
    },
  );
}

describe('a value that nothing reads gets a warning that says why', () => {
  test.each<readonly [string, Values, string]>([
    [
      'the profile of the other address mode',
      gatewayValues({ addressMode: 'single', gatewayClassProfiles: { edge: 'a' } }),
      'gatewayAPI.gatewayClassProfiles.edge has no effect, because gatewayAPI.addressMode is single',
    ],
    [
      'a Gateway value with haproxy',
      { gatewayAPI: { listenerName: 'sni' } },
      'gatewayAPI.listenerName has no effect, because publicAccess.provider is haproxy',
    ],
    [
      'a haproxy value with gatewayapi',
      gatewayValues({}, { haproxy: { pollSeconds: 5 } }),
      'haproxy.pollSeconds has no effect, because publicAccess.provider is gatewayapi',
    ],
    [
      'a platform value without the platform entry',
      gatewayValues({ platform: { hostname: 'kubebyon.example.com' } }),
      'gatewayAPI.platform.hostname has no effect, because gatewayAPI.platform.enabled is false',
    ],
    [
      'a TLS value without TLS',
      gatewayValues({ workload: { enabled: true, tls: { secretName: 'edge-tls' } } }),
      'gatewayAPI.workload.tls.secretName has no effect, because gatewayAPI.workload.tls.enabled is false',
    ],
    [
      'a web value without the console',
      gatewayValues({ platform: PLATFORM }, { web: { replicas: 3 } }),
      'web.replicas has no effect, because web.enabled is false',
    ],
    [
      'a tag beside a digest',
      { api: { image: { tag: '1', digest: `sha256:${'0'.repeat(64)}` } } },
      'api.image.tag has no effect, because api.image.digest is set',
    ],
    [
      'the kind of an issuer without name',
      gatewayValues({ workload: { enabled: true, certManager: { issuerRef: { kind: 'Issuer' } } } }),
      'gatewayAPI.workload.certManager.issuerRef.kind has no effect, because gatewayAPI.workload.certManager.issuerRef.name is empty',
    ],
    [
      'annotations of a ServiceAccount that is not made',
      { api: { serviceAccount: { create: false, name: 'own', annotations: { a: 'b' } } } },
      'api.serviceAccount.annotations has no effect, because api.serviceAccount.create is false',
    ],
    [
      'a minimum of a budget that is off',
      { worker: { podDisruptionBudget: { minAvailable: 2 } } },
      'worker.podDisruptionBudget.minAvailable has no effect, because worker.podDisruptionBudget.enabled is false',
    ],
    [
      'an overridden class',
      gatewayValues({
        gatewayClassProfiles: { workload: 'a' },
        workload: { enabled: true, gatewayClassName: 'b' },
      }),
      'gatewayAPI.gatewayClassProfiles.workload has no effect, because gatewayAPI.workload.gatewayClassName is set',
    ],
  ])('%s', (_title, values, message) => {
    expect(warningsOf(values)).toEqual([message]);
  });
});

describe('no warning comes of', () => {
  test.each<readonly [string, Values]>([
    ['nothing', {}],
    [
      'values that repeat the defaults',
      { gatewayAPI: { listenerName: 'control-plane' }, web: { replicas: 1 } },
    ],
    ['keys of a parent chart under global', { global: { anything: { at: 'all' } } }],
    ['the image of the test Pod', { tests: { image: { tag: '8.17.0' } } }],
    ['null over an empty map', { commonLabels: null, web: { podLabels: null } }],
    ['values that are read', gatewayValues({ platform: PLATFORM }, { commonLabels: { a: 'b' } })],
  ])('%s', (_title, values) => {
    expect(warningsOf(values)).toEqual([]);
  });
});

test.each(CHARTS)('with an error there are no warnings in %s: what is read is not known yet', (chart) => {
  const values = { gatewayAPI: { listenerName: 'sni', workload: { enabled: true } } };
  const problems = validate(valuesFrom(chart, values), USUAL_RELEASE);
  expect(problems.map(({ severity }) => severity)).toEqual(['error']);
});
