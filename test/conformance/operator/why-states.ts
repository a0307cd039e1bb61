import { edgeRouteName, hostnameObjectName } from '../../../src/contract/runtime-names.ts';
import { type BrokenState, noEndpointReady, setCondition, together } from './broken-state.ts';
import { CUSTOMER, EDGE, route, TENANT } from './healthy.ts';
import { CHECKED_GATEWAYS } from './names.ts';
import type { Draft } from './stage.ts';

const ROUTES = [edgeRouteName(EDGE, 'https-dedicated', 1), edgeRouteName(EDGE, 'redirect', 1)];
const SECRET = hostnameObjectName(CUSTOMER);
const { workload } = CHECKED_GATEWAYS;

/** What cert-manager says of a Certificate whose order an ACME authority has refused. */
const FAILED_ISSUANCE = {
  ...{ type: 'Issuing', status: 'False', reason: 'Failed' },
  message: 'The certificate request has failed to complete: rejectedIdentifier',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};

/** For each link of the chain of a customer's hostname a state in which it does not hold. */
export const WHY_STATES: readonly BrokenState[] = [
  {
    code: 'HostnameOwner',
    state: 'a second EdgeCluster asks for it',
    verdict: 'warning',
    found: /EdgeCluster tenant-a\/c-1 and EdgeCluster tenant-a\/c-2|EdgeCluster tenant-a\/c-2 and/,
    next: /all but one/,
    breaks: (stage) =>
      stage.add({
        apiVersion: 'kubebyon.app/v1alpha1',
        kind: 'EdgeCluster',
        metadata: { name: 'c-2', namespace: TENANT },
        spec: {
          id: 'c-2',
          slug: 'c-2',
          hostnames: [{ hostname: CUSTOMER, createdAt: '2026-11-23T10:00:00Z' }],
        },
      }),
  },
  {
    code: 'HostnameGateway',
    state: 'its Gateway is not Programmed',
    verdict: 'failed',
    found: /NoResources/,
    next: /describe gateway/,
    breaks: (stage) =>
      stage.change('Gateway', workload, ({ status }) =>
        setCondition(status.conditions, 'Programmed', 'False', 'NoResources'),
      ),
  },
  {
    code: 'HostnameAddress',
    state: 'its Gateway has no address',
    verdict: 'failed',
    found: /none/,
    next: /LoadBalancer/,
    breaks: (stage) =>
      stage.change('Gateway', workload, ({ status }) => {
        status.addresses = [];
      }),
  },
  {
    code: 'HostnameDNS',
    state: 'DNS was not asked',
    verdict: 'unknown',
    found: /nobody was asked/,
    next: /--no-requests/,
  },
  {
    code: 'HostnameListener',
    state: 'its listener conflicts with another one',
    verdict: 'failed',
    found: /Conflicted is True, HostnameConflict/,
    next: /describe gateway/,
    breaks: (stage) =>
      stage.change('Gateway', workload, ({ status }) => {
        const listener = status.listeners.find(({ name }: Draft) => name === SECRET);
        listener.conditions.push({
          type: 'Conflicted',
          status: 'True',
          reason: 'HostnameConflict',
          message: '',
          lastTransitionTime: '2026-01-01T00:00:00Z',
          observedGeneration: 1,
        });
      }),
  },
  {
    code: 'HostnameIssued',
    state: 'its first order failed, so that it has no listener with a Secret yet',
    verdict: 'failed',
    found: /because The certificate request has failed to complete: rejectedIdentifier/,
    next: /describe certificate/,
    breaks: (stage) =>
      together(
        ...ROUTES.map((name) => stage.remove('HTTPRoute', name, TENANT)),
        stage.change('Certificate', SECRET, ({ status }) => {
          setCondition(status.conditions, 'Ready', 'False', 'DoesNotExist');
          status.conditions.push(FAILED_ISSUANCE);
        }),
      ),
  },
  {
    code: 'HostnameIssued',
    state: 'its renewal failed',
    verdict: 'warning',
    found: /rejectedIdentifier/,
    next: /describe certificate/,
    breaks: (stage) =>
      stage.change('Certificate', SECRET, ({ status }) => {
        status.conditions.push(FAILED_ISSUANCE);
      }),
  },
  {
    code: 'HostnameIssued',
    state: 'its Certificate is not Ready, and neither is the issuer',
    verdict: 'failed',
    found: /because of ClusterIssuer letsencrypt-external: Ready is False/,
    next: /describe certificate/,
    breaks: (stage) =>
      together(
        stage.change('Certificate', SECRET, ({ status }) =>
          setCondition(status.conditions, 'Ready', 'False', 'DoesNotExist'),
        ),
        stage.change('ClusterIssuer', 'letsencrypt-external', ({ status }) =>
          setCondition(status.conditions, 'Ready', 'False', 'Error'),
        ),
      ),
  },
  {
    code: 'HostnameCertificate',
    state: 'its Secret is not there',
    verdict: 'failed',
    found: /none/,
    next: /Certificate that writes it/,
    breaks: (stage) => stage.remove('Secret', SECRET),
  },
  {
    code: 'HostnameRoute',
    state: 'no route carries it',
    verdict: 'failed',
    found: /none/,
    next: /sync --dry-run/,
    breaks: (stage) => together(...ROUTES.map((name) => stage.remove('HTTPRoute', name, TENANT))),
  },
  {
    code: 'HostnameRival',
    state: 'a route of somebody else carries it too',
    verdict: 'warning',
    found: /somebody else/,
    next: /take the hostname out/,
    breaks: (stage) =>
      stage.add({
        ...route('http', 'workload-http', [CUSTOMER]),
        metadata: { name: 'theirs', namespace: TENANT },
      }),
  },
  {
    code: 'HostnameService',
    state: 'the shim Service is gone',
    verdict: 'failed',
    found: /is not there/,
    next: /controller runs/,
    breaks: (stage) => stage.remove('Service', EDGE, TENANT),
  },
  {
    code: 'HostnameEndpoints',
    state: 'no ingress Pod is ready',
    verdict: 'failed',
    found: /none of them ready/,
    next: /ingress Pods/,
    breaks: noEndpointReady,
  },
  {
    code: 'HostnameAnswers',
    state: 'the Gateway answers 503',
    verdict: 'failed',
    found: /503/,
    next: /without a backend/,
    requests: [
      {
        target: { hostname: CUSTOMER, role: 'workload', addresses: [], tls: true, paths: ['/'] },
        http: [{ url: `https://${CUSTOMER}/`, result: { ok: true, value: { status: 503 } } }],
      },
    ],
  },
];
