import type { VerifyRule } from './facts.ts';
import { agentLease } from './rules/agent-lease.ts';
import { apiEnvironment } from './rules/api-environment.ts';
import { backendEndpoints } from './rules/backend-endpoints.ts';
import { backendService } from './rules/backend-service.ts';
import { certManagerRunning } from './rules/cert-manager-running.ts';
import { certificateCovers } from './rules/certificate-covers.ts';
import { certificateIssuer } from './rules/certificate-issuer.ts';
import { certificateKey } from './rules/certificate-key.ts';
import { certificateReady } from './rules/certificate-ready.ts';
import { certificateSecret } from './rules/certificate-secret.ts';
import { certificateServed } from './rules/certificate-served.ts';
import { certificateShared } from './rules/certificate-shared.ts';
import { certificateValid } from './rules/certificate-valid.ts';
import { controllerLease } from './rules/controller-lease.ts';
import { daemonSetReady } from './rules/daemon-set-ready.ts';
import { definitionsInstalled } from './rules/definitions-installed.ts';
import { deploymentAvailable } from './rules/deployment-available.ts';
import { dnsPointsHere } from './rules/dns-points-here.ts';
import { dnsResolves } from './rules/dns-resolves.ts';
import { edgeClusterReady } from './rules/edge-cluster-ready.ts';
import { gatewayAccepted } from './rules/gateway-accepted.ts';
import { gatewayAddress } from './rules/gateway-address.ts';
import { gatewayClassAccepted } from './rules/gateway-class-accepted.ts';
import { gatewayControllerRunning } from './rules/gateway-controller-running.ts';
import { gatewayExists } from './rules/gateway-exists.ts';
import { gatewayProgrammed } from './rules/gateway-programmed.ts';
import { gatewaysSeparate } from './rules/gateways-separate.ts';
import { hostRewrite } from './rules/host-rewrite.ts';
import { hostnameReady } from './rules/hostname-ready.ts';
import { httpAnswers } from './rules/http-answers.ts';
import { httpsListener } from './rules/https-listener.ts';
import { issuerReady } from './rules/issuer-ready.ts';
import { listenerAccepted } from './rules/listener-accepted.ts';
import { listenerConflict } from './rules/listener-conflict.ts';
import { listenerExists } from './rules/listener-exists.ts';
import { listenerOverlap } from './rules/listener-overlap.ts';
import { listenerProgrammed } from './rules/listener-programmed.ts';
import { listenerResolved } from './rules/listener-resolved.ts';
import { listenerRoom } from './rules/listener-room.ts';
import { listenerSetAccepted } from './rules/listener-set-accepted.ts';
import { listenerShape } from './rules/listener-shape.ts';
import { plannerLease } from './rules/planner-lease.ts';
import { platformRoutes } from './rules/platform-routes.ts';
import { podRunning } from './rules/pod-running.ts';
import { redirectAnswers } from './rules/redirect-answers.ts';
import { redirectRoutes } from './rules/redirect-routes.ts';
import { routeAccepted } from './rules/route-accepted.ts';
import { routeForeign } from './rules/route-foreign.ts';
import { routePlanAccepted } from './rules/route-plan-accepted.ts';
import { routePlanApplied } from './rules/route-plan-applied.ts';
import { routePlanStale } from './rules/route-plan-stale.ts';
import { routeResolved } from './rules/route-resolved.ts';
import { runtimePermissions } from './rules/runtime-permissions.ts';
import { shimAnnotations } from './rules/shim-annotations.ts';
import { shimMode } from './rules/shim-mode.ts';
import { tcpConnects } from './rules/tcp-connects.ts';
import { tlsHandshake } from './rules/tls-handshake.ts';
import { tlsRouteAccepted } from './rules/tls-route-accepted.ts';
import { workerEnvironment } from './rules/worker-environment.ts';

/**
 * Every check, in the order in which they are told: what causes others before them, so that a Secret comes before the listener
 * that cannot use it. A new one is a file, and one line here.
 */
export const VERIFY_RULES: readonly VerifyRule[] = [
  deploymentAvailable,
  podRunning,
  daemonSetReady,
  apiEnvironment,
  workerEnvironment,
  definitionsInstalled,
  gatewayControllerRunning,
  gatewayClassAccepted,
  gatewayExists,
  gatewayAccepted,
  gatewayProgrammed,
  gatewayAddress,
  gatewaysSeparate,
  listenerExists,
  listenerShape,
  listenerSetAccepted,
  certificateValid,
  certificateCovers,
  certificateKey,
  listenerConflict,
  listenerAccepted,
  listenerResolved,
  listenerProgrammed,
  listenerOverlap,
  listenerRoom,
  httpsListener,
  certManagerRunning,
  issuerReady,
  certificateShared,
  certificateReady,
  certificateIssuer,
  certificateSecret,
  platformRoutes,
  routeAccepted,
  tlsRouteAccepted,
  routeResolved,
  routeForeign,
  redirectRoutes,
  hostRewrite,
  backendService,
  backendEndpoints,
  shimAnnotations,
  shimMode,
  controllerLease,
  runtimePermissions,
  edgeClusterReady,
  hostnameReady,
  plannerLease,
  agentLease,
  routePlanAccepted,
  routePlanApplied,
  routePlanStale,
  dnsResolves,
  dnsPointsHere,
  tcpConnects,
  tlsHandshake,
  certificateServed,
  redirectAnswers,
  httpAnswers,
];
