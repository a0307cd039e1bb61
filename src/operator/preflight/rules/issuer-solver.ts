import type { WorkloadConfig } from '../../../contract/runtime-config.ts';
import { at, get, isRecord, listOf } from '../../../planner/world/json.ts';
import { attachesTo, listenersOf, parentRefsOf } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { one, type SeenObject } from '../../checks/facts.ts';
import { isSelected } from '../../checks/label-selector.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightFacts, PreflightRule } from '../facts.ts';
import { gatewayConfig, wantedIssuers, wantedOf } from '../wanted.ts';

export const issuerSolver: PreflightRule = {
  code: 'IssuerReachesListener',
  looksAt:
    'An ACME issuer that proves names by HTTP-01 does so by routes on the HTTP listener of the workload Gateway, which admits them: DNS leads there.',
  replaces: [],
  next: 'give its solver http01.gatewayHTTPRoute.parentRefs with the workload Gateway and its HTTP listener',
  check: (facts) => {
    const workload = gatewayConfig(facts.wanted)?.workload;
    if (workload === undefined) return [];
    return wantedIssuers(facts.wanted).flatMap(({ kind, name, namespace }) =>
      ifThere(facts, kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer', namespace, name, (issuer) =>
        saidOf(facts, issuer, workload),
      ),
    );
  },
};

function saidOf(facts: PreflightFacts, issuer: SeenObject, workload: WorkloadConfig): readonly Said[] {
  const solvers = listOf(at(issuer.spec, 'acme', 'solvers'))
    .map((solver) => get(solver, 'http01'))
    .filter(isRecord);
  if (solvers.length === 0) return [];
  const { gateway, httpListenerName } = workload;
  const expected = `routes of its solver on ${httpListenerName} of Gateway ${gateway.namespace}/${gateway.name}`;
  const routes = solvers.map((solver) => solverRoute(solver, issuer, gateway.namespace));
  if (!routes.some((route) => attachesTo(route, gateway, httpListenerName)))
    return [failed(nameOf(issuer), expected, foundIn(routes))];
  if (isShutOut(facts, workload))
    return [
      failed(
        nameOf(issuer),
        expected,
        `the listener takes no routes from namespace ${gateway.namespace}, where its Certificates are`,
        `label the namespace so that gatewayAPI.workload.allowedRoutes.namespaces.selector takes it: kubectl label namespace ${gateway.namespace} KEY=VALUE`,
      ),
    ];
  return [ok(nameOf(issuer), expected)];
}

/** The route of a solver: it is where the Certificate is, and Certificates are where the workload Gateway is. */
function solverRoute(solver: unknown, issuer: SeenObject, namespace: string): SeenObject {
  const parentRefs = listOf(at(solver, 'gatewayHTTPRoute', 'parentRefs'));
  return { ...issuer, kind: 'HTTPRoute', metadata: { name: '', namespace }, spec: { parentRefs } };
}

function foundIn(routes: readonly SeenObject[]): string {
  const parents = routes.flatMap(parentRefsOf);
  if (parents.length === 0) return 'no gatewayHTTPRoute.parentRefs in its solver';
  const words = parents.map(
    ({ kind, namespace, name, sectionName = 'every listener' }) =>
      `${sectionName} of ${kind} ${namespace}/${name}`,
  );
  return `routes on ${words.join(', ')}`;
}

/** Whether the HTTP listener as rendered admits no routes from the namespace of its Gateway. */
function isShutOut(facts: PreflightFacts, { gateway, httpListenerName }: WorkloadConfig): boolean {
  const rendered = wantedOf(facts.wanted, 'Gateway').find(({ metadata }) => metadata.name === gateway.name);
  const listener = rendered && listenersOf(rendered).find(({ name }) => name === httpListenerName);
  const namespaces = at(listener?.raw, 'allowedRoutes', 'namespaces');
  if (get(namespaces, 'from') !== 'Selector') return false;
  const namespace = one(facts, 'Namespace', '', gateway.namespace);
  if (!namespace.seen || namespace.value === undefined) return false;
  return !isSelected(get(namespaces, 'selector'), namespace.value.metadata.labels);
}
