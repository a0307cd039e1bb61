import type { ClusterContext } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { ClusterStatus } from '../status.ts';
import { servicePorts } from '../world/apis.ts';
import { MINUTE, parseTime } from '../world/clock.ts';
import { entryOf } from '../world/json.ts';
import { clusterIdOf, describeReference, hostnamesOf, isOurs, referenceOf } from '../world/objects.ts';
import { combine, found, type Part, want, withdraw } from '../world/part.ts';
import type { KubeObject } from '../world/world.ts';
import { controlPlaneRoute } from './control-plane-object.ts';
import { controlPlaneRefusal } from './control-plane-rules.ts';
import { routeStatus } from './control-plane-status.ts';

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
  const { controlPlane: asked } = cluster;
  const { controlPlane: entry } = shared;
  if (asked === undefined || entry === undefined) {
    return { ...leave('the cluster has no control-plane hostname', existing), blockers: [] };
  }
  const hostname = claims.controlPlaneHostname;
  const withheld = (reason: string, finding: readonly Finding[]): ControlPlanePlan => ({
    ...combine([found(...finding), leave('the hostname may not be served', others)]),
    blockers: [],
    status: {
      hostname: hostname ?? asked.hostname.slice(0, 253),
      phase: 'withheld',
      reason,
    },
    ...(current === undefined ? {} : heldName(current)),
  });
  if (hostname === undefined) return withheld('HostnameInvalid', []);
  const refusal = controlPlaneRefusal({ hostname, clusterId: id, shared });
  if (refusal !== undefined) {
    const { code, message } = refusal;
    // What was served on a name that may not be served goes: it takes that name from somebody else.
    const gone = current !== undefined && hostnamesOf(current).includes(hostname) ? [current] : [];
    return {
      ...combine([withheld(code, [finding(code, id, message, { hostname })]), leave(message, gone)]),
      blockers: [],
      status: { hostname, phase: 'withheld', reason: code },
    };
  }
  if (shared.apis.tlsRoute === undefined) {
    return withheld('TLSRouteCRDMissing', [
      finding('TLSRouteCRDMissing', id, `no TLSRoute is written: ${shared.apis.unmet.tlsRoute}`, {
        hostname,
      }),
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
  const ends = { apiVersion: shared.apis.tlsRoute, entry, service: asked.service, current };
  const apply = want(controlPlaneRoute(context, hostname, ends), current, {
    cluster: id,
    reason:
      current === undefined ? `control plane of ${id} is reached as ${hostname}` : 'the TLSRoute differs',
    // A hostname that has moved on since would stand in two routes, which freezes the listener for everyone.
    seen: 'state',
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
 * write. One that is seen with it is handled by the sequence of the writes instead.
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
