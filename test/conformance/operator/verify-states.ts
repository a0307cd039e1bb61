import { BACKEND_ANNOTATIONS } from '../../../src/contract/labels.ts';
import {
  controlPlaneRouteName,
  edgeRouteName,
  edgeSliceName,
  hostnameObjectName,
  ROUTE_PLANNER_LEASE,
  routeAgentLeaseName,
  routePlanName,
} from '../../../src/contract/runtime-names.ts';
import { type BrokenState, noEndpointReady, setCondition, together } from './broken-state.ts';
import {
  CLUSTER_ID,
  CUSTOMER,
  EDGE,
  listenerSet,
  NODE,
  route,
  SHARED_SECRET,
  TARGET,
  TENANT,
  tlsSecret,
} from './healthy.ts';
import { CHECKED_GATEWAYS } from './names.ts';
import type { Draft, Stage, Undo } from './stage.ts';

const { controlPlane, platform, workload } = CHECKED_GATEWAYS;
const API = 'kubebyon-kubebyon-api';
const DAY = 86_400_000;

/** One listener of a Gateway and what its status says. */
function listenerStatus(name: string, change: (conditions: Draft) => void) {
  return ({ status }: Draft): void => {
    change(status.listeners.find((listener: Draft) => listener.name === name).conditions);
  };
}

const variables = (deployment: Draft): Draft => deployment.spec.template.spec.containers[0].env;

function withRoute(name: string, change: (route: Draft) => void): (stage: Stage) => Promise<Undo> {
  return (stage) => stage.change('HTTPRoute', name, change, TENANT);
}

function withSecret(secret: ReturnType<typeof tlsSecret>): (stage: Stage) => Promise<Undo> {
  return async (stage) => {
    const restore = await stage.remove('Secret', secret.metadata.name);
    const gone = await stage.add(secret);
    return async () => {
      await gone();
      await restore();
    };
  };
}

function planCondition(type: string, status: string, reason: string): (stage: Stage) => Promise<Undo> {
  return (stage) =>
    stage.change('RoutePlan', routePlanName(CLUSTER_ID), (plan) =>
      setCondition(plan.status.conditions, type, status, reason),
    );
}

const unavailable = ({ status }: Draft): void =>
  setCondition(status.conditions, 'Available', 'False', 'MinimumReplicasUnavailable');

/** For each check of verify a state in which it does not pass. */
export const VERIFY_STATES: readonly BrokenState[] = [
  {
    code: 'DeploymentAvailable',
    state: 'the web console has no Pod that is ready',
    verdict: 'failed',
    found: /Available is False/,
    next: /describe deployment kubebyon-kubebyon-web/,
    breaks: (stage) => stage.change('Deployment', 'kubebyon-kubebyon-web', unavailable),
  },
  {
    code: 'PodRunning',
    state: 'a Pod whose image cannot be pulled',
    verdict: 'failed',
    found: /container api waits: ImagePullBackOff/,
    next: /describe pod api-1/,
    breaks: (stage) =>
      stage.change('Pod', 'api-1', (pod) => {
        pod.status.containerStatuses = [
          {
            name: 'api',
            image: 'a',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } },
          },
        ];
      }),
  },
  {
    code: 'DaemonSetReady',
    state: 'a route agent that is not ready',
    verdict: 'failed',
    found: /^0$/,
    next: /describe daemonset/,
    breaks: (stage) =>
      stage.change('DaemonSet', 'kubebyon-kubebyon-route-agent', ({ status }) => {
        status.numberReady = 0;
      }),
  },
  {
    code: 'ApiEnvironment',
    state: 'a variable that is not of its grammar',
    verdict: 'failed',
    found: /KUBEBYON_GATEWAY_API_SYNC_INTERVAL_SECONDS/,
    next: /helm upgrade/,
    breaks: (stage) =>
      stage.change('Deployment', API, (deployment) => {
        variables(deployment).find(({ name }: Draft) => name.endsWith('API_SYNC_INTERVAL_SECONDS')).value =
          'soon';
      }),
  },
  {
    code: 'WorkerEnvironment',
    state: 'a worker without the variables of the control-plane Gateway',
    verdict: 'failed',
    found: /KUBEBYON_GATEWAY_API_GATEWAY_NAME/,
    next: /helm upgrade/,
    breaks: (stage) =>
      stage.change('Deployment', 'kubebyon-kubebyon-worker', (deployment) => {
        deployment.spec.template.spec.containers[0].env = [];
      }),
  },
  {
    code: 'TLSRouteInstalled',
    state: 'no served definition of TLSRoute',
    verdict: 'failed',
    found: /no version/,
    next: /1\.5\.1 or newer/,
    breaks: (stage) =>
      stage.change('CustomResourceDefinition', 'tlsroutes.gateway.networking.k8s.io', ({ spec }) => {
        for (const version of spec.versions) version.served = false;
      }),
  },
  {
    code: 'GatewayControllerRunning',
    state: 'Envoy Gateway does not run',
    verdict: 'failed',
    found: /Available is False/,
    next: /envoy-gateway/,
    breaks: (stage) => stage.change('Deployment', 'envoy-gateway', unavailable, 'envoy-gateway-system'),
  },
  {
    code: 'GatewayClassAccepted',
    state: 'a class that its controller does not accept',
    verdict: 'failed',
    found: /InvalidParameters/,
    next: /describe gatewayclass eg-public/,
    breaks: (stage) =>
      stage.change('GatewayClass', 'eg-public', ({ status }) =>
        setCondition(status.conditions, 'Accepted', 'False', 'InvalidParameters'),
      ),
  },
  {
    code: 'GatewayExists',
    state: 'the workload Gateway is gone',
    verdict: 'failed',
    found: /none/,
    next: /helm upgrade/,
    breaks: (stage) => stage.remove('Gateway', workload),
  },
  {
    code: 'GatewayAccepted',
    state: 'a Gateway whose class is not accepted',
    verdict: 'failed',
    found: /because of its GatewayClass eg-public: Accepted is False, InvalidParameters/,
    next: /describe gateway/,
    breaks: (stage) =>
      together(
        stage.change('GatewayClass', 'eg-public', ({ status }) =>
          setCondition(status.conditions, 'Accepted', 'False', 'InvalidParameters'),
        ),
        stage.change('Gateway', controlPlane, ({ status }) =>
          setCondition(status.conditions, 'Accepted', 'Unknown', 'Pending'),
        ),
      ),
  },
  {
    code: 'GatewayProgrammed',
    state: 'a Gateway without a Pod of Envoy',
    verdict: 'failed',
    found: /NoResources/,
    next: /describe gateway/,
    breaks: (stage) =>
      stage.change('Gateway', platform, ({ status }) =>
        setCondition(
          status.conditions,
          'Programmed',
          'False',
          'NoResources',
          'Deployment replicas unavailable',
        ),
      ),
  },
  {
    code: 'GatewayAddress',
    state: 'a Gateway without an address',
    verdict: 'failed',
    found: /none/,
    next: /LoadBalancer/,
    breaks: (stage) =>
      stage.change('Gateway', platform, ({ status }) => {
        status.addresses = [];
      }),
  },
  {
    code: 'WorkloadGatewaySeparate',
    state: 'the workload Gateway is that of the control planes',
    verdict: 'failed',
    found: /that of the control planes/,
    next: /gatewayAPI\.workload\.name/,
    breaks: (stage) =>
      stage.change('Deployment', API, (deployment) => {
        variables(deployment).find(
          ({ name }: Draft) => name === 'KUBEBYON_GATEWAY_API_WORKLOAD_GATEWAY_NAME',
        ).value = controlPlane;
      }),
  },
  {
    code: 'ListenerExists',
    state: 'a listener that was renamed by hand',
    verdict: 'failed',
    found: /only renamed/,
    next: /helm upgrade/,
    breaks: (stage) =>
      stage.change('Gateway', controlPlane, ({ spec }) => {
        spec.listeners[0].name = 'renamed';
      }),
  },
  {
    code: 'ListenerShape',
    state: 'a control-plane listener that takes routes of its namespace only',
    verdict: 'failed',
    found: /from Same/,
    next: /by hand/,
    breaks: (stage) =>
      stage.change('Gateway', controlPlane, ({ spec }) => {
        spec.listeners[0].allowedRoutes.namespaces = { from: 'Same' };
      }),
  },
  {
    code: 'ListenerSetAccepted',
    state: 'ListenerSets on, and a ListenerSet that its Gateway does not allow',
    verdict: 'failed',
    found: /Accepted is False, NotAllowed/,
    next: /describe listenerset/,
    breaks: (stage) =>
      together(
        stage.add(listenerSet('False', 'NotAllowed')),
        stage.change('Deployment', API, (deployment) => {
          variables(deployment).find(({ name }: Draft) => name.endsWith('LISTENER_SETS')).value = 'true';
        }),
      ),
  },
  {
    code: 'ListenerConflict',
    state: 'two listeners with one hostname',
    verdict: 'failed',
    found: /HostnameConflict/,
    next: /off the other listener/,
    breaks: (stage) =>
      stage.change(
        'Gateway',
        workload,
        listenerStatus('workload-https', (conditions) => {
          conditions.push({
            type: 'Conflicted',
            status: 'True',
            reason: 'HostnameConflict',
            message: '',
            lastTransitionTime: '2026-01-01T00:00:00Z',
            observedGeneration: 1,
          });
        }),
      ),
  },
  {
    code: 'ListenerAccepted',
    state: 'a listener of which its controller says nothing',
    verdict: 'failed',
    found: /no condition Accepted/,
    next: /does not take/,
    breaks: (stage) =>
      stage.change(
        'Gateway',
        platform,
        listenerStatus('https', (conditions) => {
          conditions.splice(0, 1);
        }),
      ),
  },
  {
    code: 'ListenerResolvedRefs',
    state: 'a Secret in another namespace than its Gateway',
    verdict: 'failed',
    found:
      /because there is no Secret kubebyon-platform-tls of type kubernetes\.io\/tls in namespace kubebyon-system/,
    next: /namespace of the Gateway/,
    breaks: (stage) =>
      together(
        stage.remove('Secret', 'kubebyon-platform-tls'),
        stage.add({
          ...tlsSecret('kubebyon-platform-tls', []),
          metadata: { name: 'kubebyon-platform-tls', namespace: TENANT },
        }),
        stage.change(
          'Gateway',
          platform,
          listenerStatus('https', (conditions) =>
            setCondition(conditions, 'ResolvedRefs', 'False', 'InvalidCertificateRef'),
          ),
        ),
      ),
  },
  {
    code: 'ListenerProgrammed',
    state: 'a listener whose port is taken',
    verdict: 'failed',
    found: /PortUnavailable/,
    next: /log of the controller/,
    breaks: (stage) =>
      stage.change(
        'Gateway',
        platform,
        listenerStatus('https', (conditions) =>
          setCondition(conditions, 'Programmed', 'False', 'PortUnavailable'),
        ),
      ),
  },
  {
    code: 'ListenerOverlap',
    state: 'certificates that cover each other’s hostnames',
    verdict: 'warning',
    found: /OverlappingCertificates/,
    next: /certificate of its own/,
    breaks: (stage) =>
      stage.change(
        'Gateway',
        workload,
        listenerStatus('workload-https', (conditions) => {
          conditions.push({
            type: 'OverlappingTLSConfig',
            status: 'True',
            reason: 'OverlappingCertificates',
            message: '',
            lastTransitionTime: '2026-01-01T00:00:00Z',
            observedGeneration: 1,
          });
        }),
      ),
  },
  {
    code: 'ListenerRoom',
    state: '60 of 64 listeners',
    verdict: 'warning',
    found: /60 of 64/,
    next: /listenerSets=true/,
    breaks: (stage) =>
      stage.change('Gateway', workload, ({ spec, status }) => {
        const [http] = spec.listeners;
        for (let index = spec.listeners.length; index < 60; index += 1) {
          spec.listeners.push({ ...http, name: `extra-${index}`, port: 8000 + index });
          status.listeners.push({ ...status.listeners[0], name: `extra-${index}` });
        }
      }),
  },
  {
    code: 'HttpsListener',
    state: 'a workload Gateway without the listeners of the runtime',
    verdict: 'warning',
    found: /only workload-http$/,
    next: /sync --dry-run/,
    breaks: (stage) =>
      stage.change('Gateway', workload, ({ spec, status }) => {
        spec.listeners.splice(1);
        status.listeners.splice(1);
      }),
  },
  {
    code: 'CertificateNotExpired',
    state: 'the certificate of the platform has ended',
    verdict: 'failed',
    found: /it ended 3 d ago/,
    next: /replace tls\.crt/,
    breaks: withSecret(tlsSecret('kubebyon-platform-tls', ['kubebyon.example.com'], -3 * DAY)),
  },
  {
    code: 'CertificateCoversHostname',
    state: 'a certificate for another hostname',
    verdict: 'failed',
    found: /one for other\.example\.com/,
    next: /certificate for this hostname/,
    breaks: withSecret(tlsSecret('kubebyon-platform-tls', ['other.example.com'])),
  },
  {
    code: 'CertificateKeyMatches',
    state: 'the key of another certificate',
    verdict: 'failed',
    found: /another key/,
    next: /one pair/,
    breaks: (stage) => {
      const one: Draft = tlsSecret('kubebyon-platform-tls', ['kubebyon.example.com']);
      const other: Draft = tlsSecret('kubebyon-platform-tls', ['kubebyon.example.com']);
      return withSecret({ ...one, data: { ...one.data, 'tls.key': other.data['tls.key'] } })(stage);
    },
  },
  {
    code: 'CertManagerRunning',
    state: 'cert-manager does not run',
    verdict: 'failed',
    found: /Available is False/,
    next: /cert-manager/,
    breaks: (stage) => stage.change('Deployment', 'cert-manager', unavailable, 'cert-manager'),
  },
  {
    code: 'IssuerReady',
    state: 'an issuer that is not Ready',
    verdict: 'failed',
    found: /ErrRegisterACMEAccount/,
    next: /describe clusterissuer letsencrypt-external/,
    breaks: (stage) =>
      stage.change('ClusterIssuer', 'letsencrypt-external', ({ status }) =>
        setCondition(status.conditions, 'Ready', 'False', 'ErrRegisterACMEAccount'),
      ),
  },
  {
    code: 'SharedCertificate',
    state: 'the shared Certificate is not there',
    verdict: 'warning',
    found: /none/,
    next: /sync --dry-run/,
    breaks: (stage) => stage.remove('Certificate', SHARED_SECRET),
  },
  {
    code: 'CertificateReady',
    state: 'a wildcard from an issuer that solves HTTP-01 only',
    verdict: 'failed',
    found: /because ClusterIssuer letsencrypt-dns has no solver for DNS-01, by which alone \*\./,
    next: /describe certificate/,
    breaks: (stage) =>
      together(
        stage.change('ClusterIssuer', 'letsencrypt-dns', ({ spec }) => {
          spec.acme.solvers = [{ http01: { ingress: {} } }];
        }),
        stage.change('Certificate', SHARED_SECRET, ({ spec, status }) => {
          spec.dnsNames = ['*.edge.example.com'];
          setCondition(status.conditions, 'Ready', 'False', 'IncorrectIssuer');
        }),
      ),
  },
  {
    code: 'CertificateReady',
    state: 'a Certificate whose issuer is not Ready',
    verdict: 'failed',
    found: /because of ClusterIssuer letsencrypt-dns: Ready is False/,
    next: /describe certificate/,
    breaks: (stage) =>
      together(
        stage.change('ClusterIssuer', 'letsencrypt-dns', ({ status }) =>
          setCondition(status.conditions, 'Ready', 'False', 'Error'),
        ),
        stage.change('Certificate', SHARED_SECRET, ({ status }) =>
          setCondition(status.conditions, 'Ready', 'False', 'DoesNotExist'),
        ),
      ),
  },
  {
    code: 'CertificateIssuer',
    state: 'a dedicated Certificate of the issuer of the shared ones',
    verdict: 'failed',
    found: /ClusterIssuer letsencrypt-dns/,
    next: /writes it anew/,
    breaks: (stage) =>
      stage.change('Certificate', hostnameObjectName(CUSTOMER), ({ spec }) => {
        spec.issuerRef.name = 'letsencrypt-dns';
      }),
  },
  {
    code: 'CertificateSecret',
    state: 'the Secret of a Certificate was deleted',
    verdict: 'failed',
    found: /none/,
    next: /cmctl renew/,
    breaks: (stage) => stage.remove('Secret', SHARED_SECRET),
  },
  {
    code: 'PlatformRoutes',
    state: 'the route to the web console is not there',
    verdict: 'failed',
    found: /none/,
    next: /chart makes these routes/,
    breaks: (stage) => stage.remove('HTTPRoute', 'kubebyon-kubebyon-platform-web'),
  },
  {
    code: 'RouteAccepted',
    state: 'a route to a listener that its Gateway does not have',
    verdict: 'failed',
    found:
      /NoMatchingParent.*because Gateway kubebyon-system\/kubebyon-kubebyon-workload-gateway has no listener gone, only workload-http/,
    next: /describe httproute/,
    breaks: withRoute(edgeRouteName(EDGE, 'https', 1), ({ spec, status }) => {
      spec.parentRefs[0].sectionName = 'gone';
      status.parents[0].parentRef.sectionName = 'gone';
      setCondition(status.parents[0].conditions, 'Accepted', 'False', 'NoMatchingParent');
    }),
  },
  {
    code: 'TLSRouteAccepted',
    state: 'a TLSRoute that nobody has looked at since it was changed',
    verdict: 'failed',
    found: /has not looked at it since/,
    next: /describe tlsroute/,
    breaks: (stage) =>
      stage.change(
        'TLSRoute',
        controlPlaneRouteName(CLUSTER_ID),
        ({ status }) => {
          for (const condition of status.parents[0].conditions) condition.observedGeneration = 99;
        },
        TENANT,
      ),
  },
  {
    code: 'RouteResolvedRefs',
    state: 'a route to a Service that is not there',
    verdict: 'failed',
    found: /BackendNotFound.*because Service tenant-a\/kubebyon-edge-gone is not there/,
    next: /describe httproute/,
    breaks: withRoute(edgeRouteName(EDGE, 'https', 1), ({ spec, status }) => {
      spec.rules[0].backendRefs[0].name = 'kubebyon-edge-gone';
      setCondition(status.parents[0].conditions, 'ResolvedRefs', 'False', 'BackendNotFound');
    }),
  },
  {
    code: 'ForeignRoute',
    state: 'a route of somebody else for our hostname',
    verdict: 'warning',
    found: /beside HTTPRoute tenant-a/,
    next: /take the hostname out/,
    breaks: (stage) => {
      const own = route('http', 'workload-http', [TARGET]);
      return stage.add({ ...own, metadata: { name: 'theirs', namespace: TENANT } });
    },
  },
  {
    code: 'RedirectRoute',
    state: 'a redirect with 301',
    verdict: 'failed',
    found: /which does not/,
    next: /controller runs/,
    breaks: withRoute(edgeRouteName(EDGE, 'redirect', 1), ({ spec }) => {
      spec.rules[0].filters[0].requestRedirect.statusCode = 301;
    }),
  },
  {
    code: 'HostRewrite',
    state: 'a dedicated route that leaves the Host as it is',
    verdict: 'failed',
    found: /none/,
    next: /writes it anew/,
    breaks: withRoute(edgeRouteName(EDGE, 'https-dedicated', 1), ({ spec }) => {
      spec.rules[0].filters = [
        { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: 'b' }] } },
      ];
    }),
  },
  {
    code: 'BackendService',
    state: 'a route to a port that its Service does not have',
    verdict: 'failed',
    found: /has no port 81, only 80/,
    next: /controller runs/,
    breaks: withRoute(edgeRouteName(EDGE, 'http', 1), ({ spec }) => {
      spec.rules[0].backendRefs[0].port = 81;
    }),
  },
  {
    code: 'BackendEndpoints',
    state: 'no ingress Pod of a cluster is ready',
    verdict: 'failed',
    found: /1 endpoints, none of them ready/,
    next: /ingress Pods/,
    breaks: noEndpointReady,
  },
  {
    code: 'ShimAnnotations',
    state: 'a shim Service without the annotation of its mode',
    verdict: 'failed',
    found: /no mode/,
    next: /writes them anew/,
    breaks: (stage) =>
      stage.change(
        'Service',
        EDGE,
        ({ metadata }) => {
          delete metadata.annotations[BACKEND_ANNOTATIONS.mode];
        },
        TENANT,
      ),
  },
  {
    code: 'ShimMode',
    state: 'mode podip with the address of a Node',
    verdict: 'failed',
    found: /192\.0\.2\.10, which is a Node/,
    next: /EndpointSlices/,
    breaks: (stage) =>
      stage.change(
        'EndpointSlice',
        edgeSliceName(EDGE, 4, 1),
        (slice) => {
          slice.endpoints[0].addresses = ['192.0.2.10'];
        },
        TENANT,
      ),
  },
  {
    code: 'ControllerLease',
    state: 'the controller is down',
    verdict: 'failed',
    found: /has not renewed it for \d+ d/,
    next: /logs deployment\/kubebyon-kubebyon-edge-controller/,
    breaks: (stage) =>
      stage.change('Lease', 'kubebyon-edge-sync', ({ spec }) => {
        spec.renewTime = '2026-01-01T00:00:00.000000Z';
      }),
  },
  {
    code: 'RuntimePermissions',
    state: 'a Role without the rule for Certificates',
    verdict: 'failed',
    found: /not .*create/,
    next: /rbac\.create=true/,
    breaks: (stage) =>
      stage.change('Role', 'kubebyon-kubebyon-edge-controller-workload', (role) => {
        role.rules = role.rules.filter(({ apiGroups }: Draft) => !apiGroups.includes('cert-manager.io'));
      }),
  },
  {
    code: 'EdgeClusterReady',
    state: 'an EdgeCluster without backends',
    verdict: 'failed',
    found: /NoBackends/,
    next: /get edgecluster c-1/,
    breaks: (stage) =>
      stage.change(
        'EdgeCluster',
        CLUSTER_ID,
        ({ status }) => setCondition(status.conditions, 'Ready', 'False', 'NoBackends'),
        TENANT,
      ),
  },
  {
    code: 'HostnameReady',
    state: 'a hostname whose DNS points elsewhere',
    verdict: 'warning',
    found: /DNSElsewhere/,
    next: /why shop\.customer\.test/,
    breaks: (stage) =>
      stage.change(
        'EdgeCluster',
        CLUSTER_ID,
        ({ status }) => setCondition(status.hostnames[0].conditions, 'Programmed', 'False', 'DNSElsewhere'),
        TENANT,
      ),
  },
  {
    code: 'PlannerLease',
    state: 'agents have not heard the controller for longer than staleAfterSeconds',
    verdict: 'failed',
    found: /ago/,
    next: /log of the controller/,
    breaks: (stage) =>
      stage.change('Lease', ROUTE_PLANNER_LEASE, ({ spec }) => {
        spec.renewTime = '2026-01-01T00:00:00.000000Z';
      }),
  },
  {
    code: 'AgentAlive',
    state: 'the agent of a Node is silent',
    verdict: 'failed',
    found: /the last \d+ d ago/,
    next: /route-agent/,
    breaks: (stage) =>
      stage.change('Lease', routeAgentLeaseName(NODE), ({ spec }) => {
        spec.renewTime = '2026-01-01T00:00:00.000000Z';
      }),
  },
  {
    code: 'RoutePlanAccepted',
    state: 'an agent refuses a route',
    verdict: 'failed',
    found: /ProtectedRange/,
    next: /get routeplan/,
    breaks: planCondition('Accepted', 'False', 'ProtectedRange'),
  },
  {
    code: 'RoutePlanApplied',
    state: 'a Node without all routes',
    verdict: 'failed',
    found: /RoutesMissing/,
    next: /NodePort/,
    breaks: planCondition('Applied', 'False', 'RoutesMissing'),
  },
  {
    code: 'RoutePlanStale',
    state: 'an agent that says nothing',
    verdict: 'failed',
    found: /AgentSilent/,
    next: /Pods of the agents/,
    breaks: planCondition('Stale', 'True', 'AgentSilent'),
  },
];
