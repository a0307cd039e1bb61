import { at, get, listOf, textOf } from '../../planner/world/json.ts';
import { hostnamesOf, listenersOf, parentRefsOf } from '../../planner/world/objects.ts';
import type { KubeObject } from '../../planner/world/world.ts';
import { failed, type Said, unknown } from '../checks/check.ts';
import { all, type SeenObject } from '../checks/facts.ts';
import type { KindName } from '../checks/kinds.ts';
import type { Rule } from '../checks/rule.ts';
import { hostnamesMeet } from '../verify/chain.ts';
import { type Entry, gatewaysOf, type VerifyFacts } from '../verify/facts.ts';
import { ownRoutes } from '../verify/routes.ts';

/** What is looked at for one hostname. */
export interface WhyFacts extends VerifyFacts {
  readonly hostname: string;
}

/** One link from a name to the Pods that answer it. */
export type WhyLink = Rule<WhyFacts>;

/** Who has asked for a hostname. */
export interface Owner {
  readonly role: Entry['role'];
  /** As `EdgeCluster tenant-a/c-1`. */
  readonly name: string;
}

/** What is said of something that was not found: that it is not there, or that what it would be among could not be read. */
export function notFound(
  facts: WhyFacts,
  object: string,
  expected: string,
  kinds: readonly KindName[],
  found = 'none',
): Said {
  // Where the Gateways are is told by a Deployment; a World has its variables beside it.
  const told = facts.config === undefined ? [all(facts, 'Deployment', facts.release.namespace)] : [];
  for (const answer of [...told, ...kinds.map((kind) => all(facts, kind))]) {
    if (!answer.seen) return unknown(object, expected, answer.why, answer.next);
  }
  return failed(object, expected, found);
}

/** Everybody who asks for a hostname: EdgeClusters by their spec, the platform by a listener. */
export function ownersOf(facts: WhyFacts): readonly Owner[] {
  const clusters = all(facts, 'EdgeCluster');
  const ofClusters = clusters.seen
    ? clusters.value.flatMap((cluster) => claimOf(cluster, facts.hostname))
    : [];
  const ofPlatform = gatewaysOf(facts)
    .filter(
      ({ entry, gateway }) =>
        entry.role === 'platform' && listenersOf(gateway).some(({ hostname }) => hostname === facts.hostname),
    )
    .map(
      ({ gateway }): Owner => ({ role: 'platform', name: `the platform, Gateway ${gateway.metadata.name}` }),
    );
  return [...ofPlatform, ...ofClusters];
}

function claimOf({ metadata, spec }: SeenObject, hostname: string): readonly Owner[] {
  const name = `EdgeCluster ${metadata.namespace ?? ''}/${metadata.name}`;
  if (textOf(at(spec, 'controlPlane', 'hostname')) === hostname) return [{ role: 'control-plane', name }];
  const bound = listOf(get(spec, 'hostnames')).map((one) => textOf(get(one, 'hostname')));
  const isOurs = bound.includes(hostname) || textOf(at(spec, 'workload', 'cnameTarget')) === hostname;
  return isOurs ? [{ role: 'workload', name }] : [];
}

/** The routes of ours that carry a hostname, exactly named ones first. */
export function routesOf(facts: WhyFacts): readonly SeenObject[] {
  const routes = [...ownRoutes(facts, 'HTTPRoute'), ...ownRoutes(facts, 'TLSRoute')];
  const exact = routes.filter((route) => hostnamesOf(route).includes(facts.hostname));
  return exact.length > 0
    ? exact
    : routes.filter((route) => hostnamesOf(route).some((name) => hostnamesMeet(name, facts.hostname)));
}

/** The Gateways that the routes of a hostname attach to, else that of its owner. */
export function gatewaysBehind(facts: WhyFacts): readonly SeenObject[] {
  const gateways = gatewaysOf(facts);
  const parents = routesOf(facts).flatMap((route) => parentRefsOf(route));
  const ofRoutes = gateways.filter(({ gateway }) => parents.some((parent) => isParent(parent, gateway)));
  const [owner] = ownersOf(facts);
  const found = ofRoutes.length > 0 ? ofRoutes : gateways.filter(({ entry }) => entry.role === owner?.role);
  return found.map(({ gateway }) => gateway);
}

/** The names of the listeners of a Gateway that carry a hostname. */
export function listenerNames(facts: WhyFacts, gateway: SeenObject): readonly string[] {
  const named = routesOf(facts)
    .flatMap((route) => parentRefsOf(route))
    .filter((parent) => isParent(parent, gateway))
    .flatMap(({ sectionName }) => sectionName ?? []);
  if (named.length > 0) return [...new Set(named)];
  return listenersOf(gateway)
    .filter(({ hostname }) => hostname === undefined || hostnamesMeet(hostname, facts.hostname))
    .map(({ name }) => name);
}

function isParent(
  parent: { readonly kind: string; readonly namespace: string; readonly name: string },
  { metadata }: KubeObject,
): boolean {
  return (
    parent.kind === 'Gateway' && parent.name === metadata.name && parent.namespace === metadata.namespace
  );
}
