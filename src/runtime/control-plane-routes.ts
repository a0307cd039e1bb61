import { LABELS, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../contract/labels.ts';
import { controlPlaneRouteName } from '../contract/runtime-names.ts';
import type { PlannedObject } from './action.ts';
import { servicePorts } from './apis.ts';
import { MINUTE, parseTime } from './clock.ts';
import type { ClusterContext } from './context.ts';
import { type Finding, finding } from './findings.ts';
import { isBelow } from './hostnames.ts';
import { entryOf, get, listOf, textOf } from './json.ts';
import {
  clusterIdOf,
  conditionOf,
  describeReference,
  GATEWAY_GROUP,
  hostnamesOf,
  isOurs,
  referenceOf,
} from './objects.ts';
import { combine, found, NOTHING, type Part, want, withdraw } from './part.ts';
import type { ClusterStatus } from './status.ts';
import type { KubeObject } from './world.ts';

export interface ControlPlanePlan extends Part {
  readonly status?: ClusterStatus['controlPlane'];
  /** The hostname that our route holds or will hold. */
  readonly sni?: string;
  /** TLSRoutes of other clusters that hold the hostname; ours is written after they let go of it. */
  readonly blockers: readonly KubeObject[];
}

/**
 * One TLSRoute per cluster beside its API Service (runbook section 5.2).
 *
 * Two TLSRoutes for one hostname freeze the listener for every cluster, and no condition shows it. So a name is
 * written only when nobody else is seen with it, or after the one who has it is seen to let go in the same plan.
 */
export function planControlPlaneRoute(context: ClusterContext): ControlPlanePlan {
  const { shared, id, claims } = context;
  const { cluster } = claims;
  const existing = context.objects.filter(({ kind }) => kind === 'TLSRoute');
  const current = existing.find(({ metadata }) => metadata.namespace === cluster.namespace);
  const others = existing.filter((route) => route !== current);
  const leave = (reason: string, routes: readonly KubeObject[]): Part =>
    combine(routes.map((route) => withdraw(route, 'TLSRoute', context.hold, { cluster: id, reason })));
  if (cluster.controlPlane === undefined || shared.controlPlane === undefined) {
    return { ...leave('the cluster has no control-plane hostname', existing), blockers: [] };
  }
  const hostname = claims.controlPlaneHostname;
  const withheld = (reason: string, finding: readonly Finding[]): ControlPlanePlan => ({
    ...combine([found(...finding), leave('the hostname may not be served', others)]),
    blockers: [],
    status: {
      hostname: hostname ?? cluster.controlPlane?.hostname.slice(0, 253) ?? '',
      phase: 'withheld',
      reason,
    },
    ...(current === undefined ? {} : heldName(current)),
  });
  if (hostname === undefined) return withheld('HostnameInvalid', []);
  const refusal = refusedBecause(hostname, context);
  if (refusal !== undefined) {
    // What was served on a name that may not be served goes: it takes that name from somebody else.
    const gone = current !== undefined && hostnamesOf(current).includes(hostname) ? [current] : [];
    return {
      ...combine([withheld(refusal.code, [refusal]), leave(refusal.message, gone)]),
      blockers: [],
      status: { hostname, phase: 'withheld', reason: refusal.code },
    };
  }
  if (shared.apis.tlsRoute === undefined) {
    return withheld('TLSRouteCRDMissing', [
      finding('TLSRouteCRDMissing', id, 'no TLSRoute is written', { hostname }),
    ]);
  }
  const holds = current !== undefined && hostnamesOf(current).includes(hostname);
  const findings: Finding[] = [...accessFindings(context)];
  const rivals = shared.observed.tlsRoutes(hostname).filter((route) => route !== current);
  const foreign = rivals.filter((route) => !isOurs(route));
  for (const route of foreign) {
    findings.push(
      finding(
        'ForeignTLSRoute',
        id,
        `${describeReference(referenceOf(route))} names ${hostname} too${holds ? '' : '; ours is withheld'}`,
        {
          hostname,
          object: referenceOf(route),
        },
      ),
    );
  }
  const service = apiServiceProblem(context);
  if (service !== undefined) findings.push(finding('ControlPlaneServiceMissing', id, service, { hostname }));
  if (!holds) {
    if (foreign.length > 0) return withheld('ForeignTLSRoute', findings);
    // A route that was not read may hold the name.
    if (!shared.host.complete) return withheld('HostIncomplete', findings);
    if (service !== undefined && current === undefined)
      return withheld('ControlPlaneServiceMissing', findings);
    const releasing = releasingCluster(hostname, rivals, context);
    if (releasing !== undefined) {
      findings.push(
        finding('HostnameHandover', id, `${hostname} has just left cluster ${releasing}`, { hostname }),
      );
      return withheld('HostnameHandover', findings);
    }
  }
  const apply = want(controlPlaneRoute(context, hostname, shared.apis.tlsRoute, current), current, {
    cluster: id,
    reason:
      current === undefined ? `control plane of ${id} is reached as ${hostname}` : 'the TLSRoute differs',
  });
  const status = routeStatus(context, hostname, current);
  return {
    ...combine([
      found(...findings, ...status.findings),
      apply,
      leave('another TLSRoute of the cluster is used', others),
    ]),
    blockers: holds ? [] : [...rivals, ...others.filter((route) => hostnamesOf(route).includes(hostname))],
    sni: hostname,
    status: status.status,
  };
}

function heldName(route: KubeObject): { readonly sni?: string } {
  const [sni] = hostnamesOf(route);
  return sni === undefined ? {} : { sni };
}

/** Names that would take traffic from the platform or from workloads when all Gateways share one address. */
function refusedBecause(hostname: string, { shared, id }: ClusterContext): Finding | undefined {
  const { baseDomain, registry, reservedHostnames } = shared;
  const refuse = (message: string): Finding =>
    finding('HostnameReserved', id, `control-plane hostname ${hostname} ${message}`, { hostname });
  if (baseDomain !== undefined && (hostname === baseDomain || isBelow(hostname, baseDomain))) {
    return refuse(`lies in the workload base domain ${baseDomain}`);
  }
  if (reservedHostnames.has(hostname)) return refuse("is the platform's own");
  if (registry.targetsOn(hostname).length > 0) return refuse('is a CNAME target');
  const [owner] = registry.controlPlanesOn(hostname);
  if (owner !== undefined && owner.cluster.id !== id) {
    return finding('HostnameConflict', id, `${hostname} belongs to the older cluster ${owner.cluster.id}`, {
      hostname,
    });
  }
  return undefined;
}

function accessFindings({ claims, id }: ClusterContext): readonly Finding[] {
  const { controlPlane, workload } = claims.cluster;
  const uncovered = controlPlane?.nodeAccess === 'SNIOnly' && workload?.topology === 'privateNodes';
  return uncovered
    ? [finding('InClusterAccess', id, 'nodeAccess is SNIOnly with private nodes: RequiresUniqueL4Endpoint')]
    : [];
}

function apiServiceProblem({ shared, claims }: ClusterContext): string | undefined {
  const wanted = claims.cluster.controlPlane?.service;
  if (wanted === undefined) return undefined;
  const { namespace } = claims.cluster;
  const service = shared.observed.find({ apiVersion: 'v1', kind: 'Service', namespace, name: wanted.name });
  if (service === undefined) {
    return shared.host.complete
      ? `Service ${namespace}/${wanted.name} does not exist`
      : `Service ${namespace}/${wanted.name} was not read`;
  }
  const ports = servicePorts(service.spec);
  return ports.some(({ port }) => port === wanted.port)
    ? undefined
    : `Service ${namespace}/${wanted.name} has no port ${wanted.port}`;
}

/**
 * A cluster that held the name a moment ago and is not seen with it now: the observation may be older than its last
 * write. One that is seen with it is handled by the order of the writes instead.
 */
function releasingCluster(
  hostname: string,
  rivals: readonly KubeObject[],
  { shared, id, clock }: ClusterContext,
): string | undefined {
  const seen = new Set([id, ...rivals.map(clusterIdOf)]);
  const remembered = shared.rememberedSni(hostname).find((holder) => !seen.has(holder));
  if (remembered !== undefined) return remembered;
  const released = entryOf(shared.memory.releasedSni, hostname);
  if (released === undefined || seen.has(released.cluster)) return undefined;
  return clock.reached((parseTime(released.at) ?? clock.now) + MINUTE) ? undefined : released.cluster;
}

function controlPlaneRoute(
  { shared, claims, id }: ClusterContext,
  hostname: string,
  apiVersion: string,
  current: KubeObject | undefined,
): PlannedObject {
  const { cluster } = claims;
  const { controlPlane } = shared;
  return {
    apiVersion,
    kind: 'TLSRoute',
    metadata: {
      // A route keeps its name for life: its age is its claim.
      name: current?.metadata.name ?? controlPlaneRouteName(cluster.slug, id),
      namespace: cluster.namespace,
      labels: {
        [LABELS.managedBy]: RUNTIME_MANAGED_BY,
        [LABELS.syncKind]: SYNC_KINDS.controlPlane,
        [LABELS.clusterId]: id,
      },
    },
    spec: {
      parentRefs: [
        {
          group: GATEWAY_GROUP,
          kind: 'Gateway',
          namespace: controlPlane?.gateway.namespace,
          name: controlPlane?.gateway.name,
          sectionName: controlPlane?.listenerName,
        },
      ],
      hostnames: [hostname],
      rules: [
        {
          backendRefs: [
            {
              group: '',
              kind: 'Service',
              name: cluster.controlPlane?.service.name,
              port: cluster.controlPlane?.service.port,
              weight: 1,
            },
          ],
        },
      ],
    },
  };
}

function routeStatus(
  { shared, id, clock }: ClusterContext,
  hostname: string,
  route: KubeObject | undefined,
): { readonly status: NonNullable<ClusterStatus['controlPlane']>; readonly findings: readonly Finding[] } {
  const pending = (reason: string, findings: readonly Finding[] = []) => ({
    status: { hostname, phase: 'pending' as const, reason },
    findings,
  });
  if (route === undefined || !hostnamesOf(route).includes(hostname)) return pending('NotWritten');
  const parents = listOf(get(route.status, 'parents'));
  const parent = parents.find(
    (one) => textOf(get(get(one, 'parentRef'), 'name')) === shared.controlPlane?.gateway.name,
  );
  const object = referenceOf(route);
  if (parent === undefined) {
    const created = parseTime(route.metadata.creationTimestamp);
    const late = created !== undefined && clock.reached(created + MINUTE);
    return pending(
      'NotObserved',
      late
        ? [
            finding('RouteNotObserved', id, 'no controller has looked at the TLSRoute for a minute', {
              hostname,
              object,
            }),
          ]
        : [],
    );
  }
  for (const type of ['Accepted', 'ResolvedRefs']) {
    const condition = conditionOf(get(parent, 'conditions'), type);
    if (condition?.observedGeneration !== route.metadata.generation) return pending('NotObserved');
    if (condition?.status !== 'True') {
      const message = `${type} is ${condition?.status ?? 'absent'}: ${condition?.reason ?? ''}`;
      return pending(condition?.reason ?? type, [
        finding('RouteNotAccepted', id, message, { hostname, object }),
      ]);
    }
  }
  return { status: { hostname, phase: 'ready', reason: 'Accepted' }, findings: [] };
}

export const NO_CONTROL_PLANE: ControlPlanePlan = { ...NOTHING, blockers: [] };
