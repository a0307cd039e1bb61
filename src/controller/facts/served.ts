import { apiVersionOf, type Kube, type Resource, type Result, type ServedKind } from '../../kube/index.ts';
import { type Apis, apisOf } from '../../planner/world/apis.ts';

/** What the host serves of the kinds that are asked about. */
export interface Served {
  /** `group/version/Kind`, as the planner reads them. */
  readonly apis: readonly string[];
  /** At which version a kind is watched: the one that the planner writes. Undefined: it is not served. */
  resourceOf(group: string, kind: string): (Resource & { readonly apiVersion: string }) | undefined;
  /** Where an object of an apiVersion is written. */
  placeOf(object: { readonly apiVersion: string; readonly kind: string }): Resource | undefined;
}

/** Groups that come with resource definitions; the others are part of every API server. */
const DEFINED_GROUPS = ['gateway.networking.k8s.io', 'cert-manager.io', 'kubebyon.app'];

const BUILT_IN: readonly ServedKind[] = [
  builtIn('', 'Service', 'services'),
  builtIn('', 'Secret', 'secrets'),
  builtIn('', 'Node', 'nodes'),
  builtIn('discovery.k8s.io', 'EndpointSlice', 'endpointslices'),
];

function builtIn(group: string, kind: string, plural: string): ServedKind {
  return { group, version: 'v1', kind, plural, namespaced: kind !== 'Node', verbs: [] };
}

/** Asks what the host serves. A group that could not be asked about is a failure: it is not known to be absent. */
export async function discoverServed(
  kube: Pick<Kube, 'discover'>,
  signal: AbortSignal,
): Promise<Result<Served>> {
  const kinds: ServedKind[] = [...BUILT_IN];
  for (const group of DEFINED_GROUPS) {
    const found = await kube.discover(group, signal);
    if (!found.ok) return found;
    kinds.push(...found.value);
  }
  return { ok: true, value: servedOf(kinds) };
}

/** The answers of discovery, as they are asked for. */
export function servedOf(kinds: readonly ServedKind[]): Served {
  const apis = kinds.map((one) => `${apiVersionOf(one)}/${one.kind}`).toSorted();
  const written = writtenAt(apisOf({ apis }));
  return {
    apis,
    resourceOf: (group, kind) => {
      const versions = kinds.filter((one) => one.group === group && one.kind === kind);
      const wanted = versions.find((one) => apiVersionOf(one) === written[kind]) ?? versions[0];
      return wanted === undefined ? undefined : { ...resourceIn(wanted), apiVersion: apiVersionOf(wanted) };
    },
    placeOf: ({ apiVersion, kind }) => {
      const found = kinds.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion);
      return found === undefined ? undefined : resourceIn(found);
    },
  };
}

/** By kind: the version that the planner writes; what it only reads is read at the version of the routes. */
function writtenAt({ tlsRoute, httpRoute, listenerSet, certificate, routePlan }: Apis): {
  readonly [kind: string]: string | undefined;
} {
  return {
    TLSRoute: tlsRoute,
    HTTPRoute: httpRoute,
    ListenerSet: listenerSet,
    Gateway: httpRoute,
    Certificate: certificate,
    RoutePlan: routePlan,
  };
}

function resourceIn({ group, version, plural }: ServedKind): Resource {
  return { group, version, plural };
}
