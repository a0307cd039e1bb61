import { CONTROL_PLANE_ENV, EDGE_ENV, WORKLOAD_ENV } from '../../contract/environment.ts';
import { and, choose, type Expr, isEmpty, joinEntries, toText } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { listenerNames, names, namespaces } from '../../values/names.ts';

interface Variable {
  readonly name: string;
  readonly value: string | Expr<string>;
}

type NameIn<Names> = Names[keyof Names] & string;

const { gatewayAPI } = values;
const { certManager, podCIDRRoute, tls, ...workload } = gatewayAPI.workload;

/** What the API and the worker are told of the control-plane Gateway (runbook section 5.2). */
export const controlPlaneEnvironment: readonly Variable[] = variables<NameIn<typeof CONTROL_PLANE_ENV>>({
  [CONTROL_PLANE_ENV.gatewayNamespace]: namespaces.controlPlane,
  [CONTROL_PLANE_ENV.gatewayName]: names.controlPlaneGateway,
  [CONTROL_PLANE_ENV.listenerName]: listenerNames.controlPlane,
  [CONTROL_PLANE_ENV.syncIntervalSeconds]: toText(gatewayAPI.syncIntervalSeconds),
});

/** What the API alone is told of the workload Gateway (runbook section 5.4). */
export const workloadEnvironment: readonly Variable[] = [
  ...variables<NameIn<typeof WORKLOAD_ENV>>({
    [WORKLOAD_ENV.gatewayNamespace]: namespaces.workload,
    [WORKLOAD_ENV.gatewayName]: names.workloadGateway,
    [WORKLOAD_ENV.listenerName]: listenerNames.workloadHttp,
    [WORKLOAD_ENV.httpsListenerName]: choose(tls.enabled, listenerNames.workloadHttps, ''),
    [WORKLOAD_ENV.tlsSecretName]: choose(tls.enabled, names.workloadTlsSecret, ''),
    [WORKLOAD_ENV.httpToHttpsRedirect]: toText(and(tls.enabled, tls.httpToHttpsRedirect)),
    [WORKLOAD_ENV.certManagerEnabled]: toText(certManager.enabled),
    [WORKLOAD_ENV.certManagerIssuerName]: certManager.issuerRef.name,
    [WORKLOAD_ENV.certManagerIssuerKind]: unlessEmpty(certManager.issuerRef.name, certManager.issuerRef.kind),
    [WORKLOAD_ENV.certManagerIssuerGroup]: unlessEmpty(
      certManager.issuerRef.name,
      certManager.issuerRef.group,
    ),
    [WORKLOAD_ENV.selfManagedCertManagerEnabled]: toText(certManager.selfManaged.enabled),
    [WORKLOAD_ENV.selfManagedCertManagerIssuerName]: certManager.selfManaged.issuerRef.name,
    [WORKLOAD_ENV.selfManagedCertManagerIssuerKind]: unlessEmpty(
      certManager.selfManaged.issuerRef.name,
      certManager.selfManaged.issuerRef.kind,
    ),
    [WORKLOAD_ENV.selfManagedCertManagerIssuerGroup]: unlessEmpty(
      certManager.selfManaged.issuerRef.name,
      certManager.selfManaged.issuerRef.group,
    ),
    [WORKLOAD_ENV.nodeAddressType]: workload.nodeAddressType,
    [WORKLOAD_ENV.backendStrategy]: workload.backendStrategy,
    [WORKLOAD_ENV.podCIDRRouteEnabled]: toText(podCIDRRoute.enabled),
    [WORKLOAD_ENV.podCIDRRouteMode]: podCIDRRoute.mode,
    [WORKLOAD_ENV.routePlanNamespace]: namespaces.routePlan,
    [WORKLOAD_ENV.routeTargetNodeSelector]: joinEntries(podCIDRRoute.targetNodeSelector),
    [WORKLOAD_ENV.routeStaleAfterSeconds]: toText(podCIDRRoute.staleAfterSeconds),
    [WORKLOAD_ENV.routeCommandTimeoutSeconds]: toText(podCIDRRoute.commandTimeoutSeconds),
    [WORKLOAD_ENV.routeSyncIntervalSeconds]: toText(podCIDRRoute.syncIntervalSeconds),
  }),
  ...variables<NameIn<typeof EDGE_ENV>>({
    [EDGE_ENV.reservedHostnames]: choose(gatewayAPI.platform.enabled, gatewayAPI.platform.hostname, ''),
    [EDGE_ENV.wildcardCertificate]: toText(certManager.wildcard),
    [EDGE_ENV.listenerSets]: toText(workload.listenerSets),
  }),
];

/** Pairs each variable's name with its value; a variable without value does not compile. */
function variables<N extends string>(
  valuesByName: Readonly<Record<N, string | Expr<string>>>,
): readonly Variable[] {
  return Object.entries<string | Expr<string>>(valuesByName).map(([name, value]) => ({ name, value }));
}

function unlessEmpty(name: Expr<string>, value: Expr<string>): Expr<string> {
  return choose(isEmpty(name), '', value);
}
