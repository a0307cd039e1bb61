import { expect, test } from 'vitest';
import { plan } from '../../src/planner/index.ts';
import { apisOf } from '../../src/planner/world/apis.ts';
import { cluster, gatewayConfig, tenant, workloadConfig, world } from '../support/worlds.ts';

test('a definition that is missing names the versions expected, and one that is too old those found', () => {
  const apis = ['cert-manager.io/v1beta1/Certificate', 'gateway.networking.k8s.io/v1beta1/HTTPRoute'];
  expect(apisOf({ apis })).toEqual({
    unmet: {
      tlsRoute: 'expected TLSRoute of gateway.networking.k8s.io at v1, v1alpha3 or v1alpha2, found none',
      httpRoute: 'expected HTTPRoute of gateway.networking.k8s.io at v1, found v1beta1',
      listenerSet: 'expected ListenerSet of gateway.networking.k8s.io at v1, found none',
      certificate: 'expected Certificate of cert-manager.io at v1, found v1beta1',
      routePlan: 'expected RoutePlan of kubebyon.app at v1alpha1, found none',
    },
  });
  expect(apisOf({}).unmet).toEqual({});
});

test('what is not served is a finding with its version, and everything else is planned', () => {
  const start = world({ clusters: [cluster(1, { hostnames: ['www.customer.test'] })] });
  const apis = ['gateway.networking.k8s.io/v1/TLSRoute', 'gateway.networking.k8s.io/v1beta1/HTTPRoute'];
  const input = { ...start, host: { ...start.host, apis }, tenants: { 'c-1': tenant(1) } };
  const { actions, findings } = plan(input, gatewayConfig(workloadConfig({ listenerSets: true })));
  const messages = Object.fromEntries(findings.map(({ code, message }) => [code, message]));
  expect(messages.HTTPRouteCRDMissing).toContain(
    'HTTPRoute of gateway.networking.k8s.io at v1, found v1beta1',
  );
  expect(messages.RoutePlanCRDMissing).toContain('RoutePlan of kubebyon.app at v1alpha1, found none');
  const kinds = new Set(actions.map(({ object }) => object.kind));
  expect(kinds).toEqual(new Set(['TLSRoute', 'Service', 'EndpointSlice']));
});
