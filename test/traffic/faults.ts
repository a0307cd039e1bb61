import { routeAgentLeaseName } from '../../src/contract/runtime-names.ts';
import { applyAs } from '../../tools/lab/access.ts';
import { PLATFORM_SECRET, PREFIX } from '../../tools/lab/chart.ts';
import { ISSUERS } from '../../tools/lab/issuers.ts';
import { must } from '../../tools/lab/kubelet/objects.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { testCertificate } from '../support/certificates.ts';
import { healthyTenant } from '../support/fake-tenants.ts';
import { digList } from '../support/rules/dig.ts';
import { SYSTEM, targetOf } from '../support/worlds.ts';
import { add, change, remove, together, type Undo } from './changes.ts';
import { ofPlatform } from './names.ts';

/** Something that goes wrong on a platform, and what `verify` must name first. */
export interface Fault {
  readonly name: string;
  readonly code: string;
  readonly found: RegExp;
  readonly breaks: (lab: Lab) => Promise<Undo>;
}

const SECRETS = (namespace: string) => `/api/v1/namespaces/${namespace}/secrets`;
const GATEWAYS = '/apis/gateway.networking.k8s.io/v1';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const PLATFORM_TLS = `${SECRETS(SYSTEM)}/${PLATFORM_SECRET}`;
const TLS_ROUTES =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/tlsroutes.gateway.networking.k8s.io';
const LEASE = `/apis/coordination.k8s.io/v1/namespaces/${SYSTEM}/leases/${routeAgentLeaseName('local')}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What goes wrong most often, in an order in which none leaves anything behind for the next. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'the Secret of the platform is in another namespace',
    code: 'ListenerResolvedRefs',
    found: /no Secret kubebyon-platform-tls of type kubernetes\.io\/tls in namespace kubebyon-system/,
    breaks: async ({ host }) => {
      const secret = await must(host.api, { method: 'GET', path: PLATFORM_TLS });
      const elsewhere = { ...secret, metadata: { name: PLATFORM_SECRET, namespace: 'default' } };
      return together(remove(host.api, PLATFORM_TLS), add(host.api, SECRETS('default'), elsewhere));
    },
  },
  {
    name: 'the certificate of the platform has expired',
    code: 'CertificateNotExpired',
    found: /ended|expired/,
    breaks: ({ host }) => {
      const { cert, key } = testCertificate(['kubebyon.example.com'], -86_400_000);
      return change(host.api, PLATFORM_TLS, { data: { 'tls.crt': base64(cert), 'tls.key': base64(key) } });
    },
  },
  {
    name: 'the definition of TLSRoute is not served',
    code: 'TLSRouteInstalled',
    found: /no version/,
    breaks: async ({ host }) => {
      const { spec } = await must(host.api, { method: 'GET', path: TLS_ROUTES });
      const versions = digList(spec, 'versions').map((version) => ({ ...Object(version), served: false }));
      return change(host.api, TLS_ROUTES, { spec: { versions } });
    },
  },
  {
    name: 'somebody else has a route for our hostname',
    code: 'ForeignRoute',
    found: /beside HTTPRoute vc-1\//,
    breaks: ({ host }) =>
      add(host.api, `${GATEWAYS}/namespaces/vc-2/httproutes`, {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'theirs', namespace: 'vc-2' },
        spec: {
          parentRefs: [
            { name: `${PREFIX}-workload-gateway`, namespace: SYSTEM, sectionName: 'workload-http' },
          ],
          hostnames: [ofPlatform(1)],
          rules: [{ backendRefs: [{ name: 'vc', port: 443 }] }],
        },
      }),
  },
  {
    name: 'DNS leads a cluster’s names to another address',
    code: 'DNSPointsHere',
    found: /198\.51\.100\.1/,
    breaks: async (lab) => {
      await lab.setRecords({ [targetOf(1)]: ['198.51.100.1'] });
      return () => lab.setRecords({ [targetOf(1)]: ['203.0.113.12'] });
    },
  },
  {
    // With Nodes its name would be served by NodePort, and nothing would be wrong.
    name: 'no ingress Pod of a cluster is ready, and no Node',
    code: 'BackendEndpoints',
    found: /without endpoints|none of them ready|no EndpointSlice/,
    breaks: async ({ tenants }) => {
      tenants.hold('tenant-2', { ...healthyTenant(2), pods: [], nodes: [] });
      return async () => tenants.hold('tenant-2', healthyTenant(2));
    },
  },
  {
    name: 'a route agent is silent',
    code: 'AgentAlive',
    found: /the last .* ago/,
    breaks: async ({ host }) => {
      const binding = await remove(
        host.api,
        `${RBAC}/namespaces/${SYSTEM}/rolebindings/${PREFIX}-route-agent`,
      );
      // As if this were some minutes ago.
      await change(host.api, LEASE, { spec: { renewTime: '2026-01-01T00:00:00.000000Z' } });
      return binding;
    },
  },
  {
    name: 'the issuer is not Ready',
    code: 'IssuerReady',
    found: /Ready is False/,
    breaks: ({ host }) =>
      change(host.api, `/apis/cert-manager.io/v1/clusterissuers/${ISSUERS[0]}`, {
        spec: { ca: { secretName: 'missing' } },
      }),
  },
  {
    name: 'somebody adds a listener of another protocol on a port',
    code: 'ListenerConflict',
    found: /Conflicted is True/,
    breaks: async ({ host }) => {
      const gateway = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name: `${PREFIX}-platform-gateway`, namespace: SYSTEM },
      };
      const listener = { name: 'theirs', port: 443, protocol: 'HTTP' };
      await applyAs(host, 'somebody', { ...gateway, spec: { listeners: [listener] } });
      return () => applyAs(host, 'somebody', gateway);
    },
  },
  {
    name: 'the edge controller is down',
    code: 'ControllerLease',
    found: /nobody holds it|has not renewed it/,
    breaks: ({ host }) =>
      change(host.api, `/apis/apps/v1/namespaces/${SYSTEM}/deployments/${PREFIX}-edge-controller`, {
        spec: { replicas: 0 },
      }),
  },
  {
    name: 'the edge controller has lost its permissions',
    code: 'RuntimePermissions',
    found: /not /,
    breaks: ({ host }) => remove(host.api, `${RBAC}/clusterrolebindings/${SYSTEM}-${PREFIX}-edge-controller`),
  },
  {
    name: 'the class of the Gateways is not accepted',
    code: 'GatewayClassAccepted',
    found: /Accepted is False, InvalidParameters/,
    breaks: ({ host }) =>
      change(host.api, `${GATEWAYS}/gatewayclasses/eg`, { spec: { parametersRef: { name: 'missing' } } }),
  },
];
