import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/index.ts';
import type { PlannedObject } from '../../src/planner/world/planned.ts';
import { apiServerProblems } from '../support/rules/api-server.ts';
import { dig, digList, digText, repeated } from '../support/rules/dig.ts';
import { modelProblems } from '../support/rules/models.ts';
import { planCase, readWorld, worldCases } from '../support/world-cases.ts';

/** A planned object as data; the checks take objects of the chart, which are data too. */
function data(object: object): KubernetesObject {
  return JSON.parse(JSON.stringify(object));
}

/**
 * What is applied, made whole where a model asks for what only the whole object has: of a Gateway we send our
 * listeners alone, so the class comes from the live one.
 */
function applied(story: string): readonly KubernetesObject[] {
  const live = readWorld(story).world.host.objects;
  const whole = (object: PlannedObject): object =>
    object.kind === 'Gateway'
      ? { ...object, spec: { ...Object(object.spec), gatewayClassName: classOf(live, object) } }
      : object;
  return planCase(story).actions.flatMap(({ verb, object }) =>
    verb === 'apply' ? [data(whole(object))] : [],
  );
}

function classOf(live: readonly object[], { metadata }: PlannedObject): string {
  const found = live.find(
    (object) => dig(object, 'kind') === 'Gateway' && dig(object, 'metadata', 'name') === metadata.name,
  );
  return digText(found, 'spec', 'gatewayClassName');
}

/** Kinds whose definition is our own; the API server judges them in the conformance tests. */
const OUR_OWN = 'RoutePlan';

describe('objects planned pass the same validation as the goldens', () => {
  test.each(worldCases())('%s', (story) => {
    const objects = applied(story);
    expect(objects.filter(({ kind }) => kind !== OUR_OWN).flatMap(modelProblems)).toEqual([]);
    // A list of our listeners alone may be empty: the chart's are on the live Gateway.
    expect(objects.flatMap(problemsOf)).toEqual([]);
    expect(objects.flatMap(sliceProblems)).toEqual([]);
    expect(repeated(objects.map(({ kind, metadata }) => JSON.stringify([kind, metadata])))).toEqual([]);
  });

  test('and all kinds that the runtime writes are among them', () => {
    const kinds = new Set(
      worldCases()
        .flatMap(applied)
        .map(({ kind }) => kind),
    );
    expect([...kinds].sort()).toEqual([
      'Certificate',
      'EndpointSlice',
      'Gateway',
      'HTTPRoute',
      'ListenerSet',
      'RoutePlan',
      'Service',
      'TLSRoute',
    ]);
  });

  test('which finds an address that no slice may have', () => {
    for (const address of ['127.0.0.1', '0.0.0.0', '169.254.169.254', '224.0.0.1', '::1', 'fe80::1'])
      expect(sliceProblems(data({ kind: 'EndpointSlice', endpoints: [{ addresses: [address] }] }))).toEqual([
        `address ${address}`,
      ]);
  });
});

function problemsOf(object: KubernetesObject): readonly string[] {
  const problems = apiServerProblems(object);
  return object.kind === 'Gateway' ? problems.filter((problem) => problem !== '0 listeners') : problems;
}

/** Addresses that the API server refuses in an EndpointSlice, unspecified, loopback, link-local and multicast. */
const REFUSED = /^(0\.|127\.|169\.254\.|2(2[4-9]|3[0-9])\.|::$|::1$|fe[89ab]|ff)/;

/** Kubernetes pkg/apis/discovery/validation: at most 1000 endpoints of 1 to 100 addresses each, 100 ports. */
function sliceProblems(object: KubernetesObject): readonly string[] {
  if (object.kind !== 'EndpointSlice') return [];
  const endpoints = digList(object, 'endpoints');
  const addresses = endpoints.flatMap((endpoint) => digList(endpoint, 'addresses').map(String));
  return [
    ...(endpoints.length > 1000 ? [`${endpoints.length} endpoints`] : []),
    ...(digList(object, 'ports').length > 100 ? ['ports'] : []),
    ...endpoints.flatMap((endpoint) => (digList(endpoint, 'addresses').length > 0 ? [] : ['no address'])),
    ...addresses.filter((address) => REFUSED.test(address)).map((address) => `address ${address}`),
  ];
}
