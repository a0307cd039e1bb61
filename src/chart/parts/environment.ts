import { CONTROL_PLANE_VARIABLES } from '../../contract/variables/control-plane.ts';
import { EDGE_VARIABLES } from '../../contract/variables/edge.ts';
import type { Process, Variable, VariableCondition } from '../../contract/variables/variable.ts';
import { WORKLOAD_VARIABLES } from '../../contract/variables/workload.ts';
import { and, choose, type Expr, isEmpty, joinEntries, toText } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import { listenerNames, names, namespaces } from '../../values/names.ts';

/** A variable of a container whose value follows from the values. */
export interface ValuedVariable {
  readonly name: string;
  readonly value: string | Expr<string>;
}

/** A value for every row of a table; one without does not compile. */
type ValuesOf<Rows> = { readonly [Key in keyof Rows]: string | Expr<string> };

const { gatewayAPI } = values;
const { certManager, podCIDRRoute, tls, ...workload } = gatewayAPI.workload;
const { issuerRef, selfManaged } = certManager;

const controlPlaneValues: ValuesOf<typeof CONTROL_PLANE_VARIABLES> = {
  gatewayNamespace: namespaces.controlPlane,
  gatewayName: names.controlPlaneGateway,
  listenerName: listenerNames.controlPlane,
  syncIntervalSeconds: toText(gatewayAPI.syncIntervalSeconds),
};

const workloadValues: ValuesOf<typeof WORKLOAD_VARIABLES> = {
  gatewayNamespace: namespaces.workload,
  gatewayName: names.workloadGateway,
  listenerName: listenerNames.workloadHttp,
  httpsListenerName: choose(tls.enabled, listenerNames.workloadHttps, ''),
  tlsSecretName: choose(tls.enabled, names.workloadTlsSecret, ''),
  httpToHttpsRedirect: toText(and(tls.enabled, tls.httpToHttpsRedirect)),
  certManagerEnabled: toText(certManager.enabled),
  certManagerIssuerName: issuerRef.name,
  certManagerIssuerKind: unlessEmpty(issuerRef.name, issuerRef.kind),
  certManagerIssuerGroup: unlessEmpty(issuerRef.name, issuerRef.group),
  selfManagedCertManagerEnabled: toText(selfManaged.enabled),
  selfManagedCertManagerIssuerName: selfManaged.issuerRef.name,
  selfManagedCertManagerIssuerKind: unlessEmpty(selfManaged.issuerRef.name, selfManaged.issuerRef.kind),
  selfManagedCertManagerIssuerGroup: unlessEmpty(selfManaged.issuerRef.name, selfManaged.issuerRef.group),
  nodeAddressType: workload.nodeAddressType,
  backendStrategy: workload.backendStrategy,
  podCIDRRouteEnabled: toText(podCIDRRoute.enabled),
  podCIDRRouteMode: podCIDRRoute.mode,
  routePlanNamespace: namespaces.routePlan,
  routeTargetNodeSelector: joinEntries(podCIDRRoute.targetNodeSelector),
  routeStaleAfterSeconds: toText(podCIDRRoute.staleAfterSeconds),
  routeCommandTimeoutSeconds: toText(podCIDRRoute.commandTimeoutSeconds),
  routeSyncIntervalSeconds: toText(podCIDRRoute.syncIntervalSeconds),
};

const edgeValues: ValuesOf<typeof EDGE_VARIABLES> = {
  reservedHostnames: choose(gatewayAPI.platform.enabled, gatewayAPI.platform.hostname, ''),
  wildcardCertificate: toText(certManager.wildcard),
  listenerSets: toText(workload.listenerSets),
};

interface ChartVariable extends ValuedVariable {
  readonly row: Variable;
}

const chartVariables: readonly ChartVariable[] = [
  ...valued(CONTROL_PLANE_VARIABLES, controlPlaneValues),
  ...valued(WORKLOAD_VARIABLES, workloadValues),
  ...valued(EDGE_VARIABLES, edgeValues),
];

/** What a process is told under a condition, in the order of the table (runbook sections 5.2 and 5.4). */
export function environmentOf(process: Process, when: VariableCondition): readonly ValuedVariable[] {
  return chartVariables
    .filter(({ row }) => row.when === when && row.processes.includes(process))
    .map(({ name, value }) => ({ name, value }));
}

/** Pairs each row with its value, in the order of the rows. */
export function valued<Key extends string, Value>(
  rows: Readonly<Record<Key, Variable>>,
  valuesByKey: Readonly<Record<Key, Value>>,
): readonly { readonly row: Variable; readonly name: string; readonly value: Value }[] {
  const found = new Map<string, Value>(Object.entries<Value>(valuesByKey));
  return Object.entries<Variable>(rows).flatMap(([key, row]) => {
    const value = found.get(key);
    return value === undefined ? [] : [{ row, name: row.name, value }];
  });
}

function unlessEmpty(name: Expr<string>, value: Expr<string>): Expr<string> {
  return choose(isEmpty(name), '', value);
}
