import { LABELS } from '../../contract/labels.ts';
import { parentRefsOf } from '../../planner/world/objects.ts';
import type { KubeObject } from '../../planner/world/world.ts';
import { at, get, listOf, textOf } from '../../text/json.ts';
import { listed } from '../../text/listed.ts';
import type { Graph, GraphEdge, GraphNode } from './model.ts';
import {
  backendState,
  certificateState,
  gatewayState,
  listenerState,
  routeState,
  type Stated,
  UNKNOWN,
} from './states.ts';

/** What a graph is made of. */
export interface GraphSource {
  /** Objects of manifests, or of a cluster with their status. */
  readonly objects: readonly KubeObject[];
  /** Short names of clusters by their ids. */
  readonly clusters?: ReadonlyMap<string, string>;
  /** Milliseconds since 1970, by which a certificate has expired; unless given none has. */
  readonly now?: number;
}

/**
 * The way of requests: addresses, Gateways, listeners, certificates, routes and backends, each with its state. Pure and total:
 * whatever stands in an object, nothing is thrown. What leads nowhere is shown as well, without an edge.
 */
export function readGraph(source: GraphSource): Graph {
  const parts = [...parents(source), ...routes(source)];
  const nodes = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]));
  const edges = new Map(
    parts
      .flatMap((part) => part.edges)
      .filter(({ from, to }) => nodes.has(from) && nodes.has(to))
      .map((edge) => [`${edge.from}>${edge.to}`, edge]),
  );
  const seen = new Set([...nodes.values()].flatMap(({ cluster }) => cluster ?? []));
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    clusters: new Set([...seen, ...(source.clusters?.keys() ?? [])]).size,
  };
}

interface Part {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

function node(
  kind: GraphNode['kind'],
  id: string,
  label: string,
  details: readonly string[],
  { state, reason }: Stated,
  cluster: string | null = null,
): GraphNode {
  const detail = [...details, reason].filter((text) => text !== '').join(', ');
  return { id, kind, label, detail, state, count: 1, cluster };
}

function placeOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Gateways with their addresses and listeners, and ListenerSets, whose listeners stand on a Gateway. */
function parents(source: GraphSource): readonly Part[] {
  return source.objects.flatMap((object) => {
    if (object.kind === 'Gateway')
      return [entryOf(object), ...listenersOf(object, `gateway ${placeOf(object)}`, source)];
    if (object.kind !== 'ListenerSet') return [];
    const parent = at(object.spec, 'parentRef');
    const namespace = textOf(get(parent, 'namespace')) ?? object.metadata.namespace ?? '';
    return listenersOf(object, `gateway ${namespace}/${textOf(get(parent, 'name')) ?? ''}`, source);
  });
}

function entryOf(gateway: KubeObject): Part {
  const id = `gateway ${placeOf(gateway)}`;
  const addresses = listOf(at(gateway.status, 'addresses')).flatMap((one) => textOf(get(one, 'value')) ?? []);
  const wanted = listOf(at(gateway.spec, 'addresses')).flatMap((one) => textOf(get(one, 'value')) ?? []);
  const own = node(
    'gateway',
    id,
    gateway.metadata.name,
    [textOf(at(gateway.spec, 'gatewayClassName')) ?? ''],
    gatewayState(gateway),
  );
  const isSeen = gateway.status !== undefined;
  const stated: Stated =
    addresses.length > 0
      ? { state: 'ok', reason: '' }
      : { state: isSeen ? 'waiting' : 'unknown', reason: isSeen ? 'no address yet' : '' };
  const entry = node(
    'entry',
    `entry ${placeOf(gateway)}`,
    listed(addresses.length > 0 ? addresses : wanted) || 'address to come',
    [entryWords(gateway)],
    stated,
  );
  return { nodes: [entry, own], edges: [{ from: entry.id, to: id }] };
}

/** Which of the entries it is, by the component of the chart. */
function entryWords({ metadata }: KubeObject): string {
  const component = textOf(get(metadata.labels, LABELS.component)) ?? '';
  return component.replace(/-gateway$/, '').replaceAll('-', ' ');
}

function listenersOf(parent: KubeObject, gateway: string, source: GraphSource): readonly Part[] {
  return listOf(get(parent.spec, 'listeners')).map((listener) => {
    const name = textOf(get(listener, 'name')) ?? '';
    const id = listenerId(parent.kind, placeOf(parent), name);
    const what = `${String(get(listener, 'protocol') ?? '')} ${String(get(listener, 'port') ?? '')}`.trim();
    const details = [what, textOf(get(listener, 'hostname')) ?? ''];
    const own = node('listener', id, name, details, listenerState(parent, name));
    const certificates = listOf(at(listener, 'tls', 'certificateRefs')).map((reference) =>
      certificateOf(reference, parent, source),
    );
    return {
      nodes: [own, ...certificates],
      edges: [{ from: gateway, to: id }, ...certificates.map((one) => ({ from: id, to: one.id }))],
    };
  });
}

function listenerId(kind: string, place: string, name: string): string {
  return `listener ${kind}/${place}/${name}`;
}

/** The Secret that a listener names, with what is known of it: its Certificate, or what stands in it. */
function certificateOf(reference: unknown, parent: KubeObject, source: GraphSource): GraphNode {
  const name = textOf(get(reference, 'name')) ?? '';
  const namespace = textOf(get(reference, 'namespace')) ?? parent.metadata.namespace ?? '';
  const inNamespace = source.objects.filter((object) => object.metadata.namespace === namespace);
  const certificate = inNamespace.find(
    ({ kind, spec }) => kind === 'Certificate' && textOf(get(spec, 'secretName')) === name,
  );
  const secret = inNamespace.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === name);
  const isObserved = source.now !== undefined;
  const notAfter = textOf(get(secret?.certificate, 'notAfter'));
  const stated = secretState(certificate, secret, source.now);
  return node(
    'certificate',
    `certificate ${namespace}/${name}`,
    name,
    [notAfter === undefined || !isObserved ? '' : `until ${notAfter.slice(0, 10)}`],
    stated,
    certificate === undefined ? null : clusterOf(certificate),
  );
}

function secretState(
  certificate: KubeObject | undefined,
  secret: KubeObject | undefined,
  now: number | undefined,
): Stated {
  const notAfter = Date.parse(textOf(get(secret?.certificate, 'notAfter')) ?? '');
  if (now !== undefined && notAfter <= now) return { state: 'failed', reason: 'expired' };
  if (get(secret?.certificate, 'keyMatches') === false)
    return { state: 'failed', reason: 'the key is of another one' };
  if (secret?.certificate !== undefined) return { state: 'ok', reason: '' };
  if (certificate !== undefined) {
    const stated = certificateState(certificate);
    return stated.state === 'unknown' ? { state: 'waiting', reason: 'ordered' } : stated;
  }
  return now === undefined ? UNKNOWN : { state: 'waiting', reason: 'no Secret' };
}

const ROUTES: ReadonlySet<string> = new Set(['HTTPRoute', 'TLSRoute', 'GRPCRoute']);

function routes(source: GraphSource): readonly Part[] {
  const byService = Map.groupBy(
    source.objects.filter(({ kind }) => kind === 'EndpointSlice'),
    (slice) =>
      `${slice.metadata.namespace ?? ''}/${textOf(get(slice.metadata.labels, 'kubernetes.io/service-name')) ?? ''}`,
  );
  const listeners = new Map(
    source.objects
      .filter(({ kind }) => kind === 'Gateway' || kind === 'ListenerSet')
      .map((parent) => [
        `${parent.kind}/${placeOf(parent)}`,
        listOf(get(parent.spec, 'listeners')).map((one) => textOf(get(one, 'name')) ?? ''),
      ]),
  );
  return source.objects
    .filter(({ kind }) => ROUTES.has(kind))
    .map((route) => routePart(route, listeners, byService, source));
}

function routePart(
  route: KubeObject,
  listeners: ReadonlyMap<string, readonly string[]>,
  byService: ReadonlyMap<string, readonly KubeObject[]>,
  { clusters }: GraphSource,
): Part {
  const id = `route ${route.kind}/${placeOf(route)}`;
  const cluster = clusterOf(route);
  const hostnames = listOf(get(route.spec, 'hostnames')).map(String);
  const owner = cluster === null ? '' : (clusters?.get(cluster) ?? cluster);
  const own = node(
    'route',
    id,
    listed(hostnames) || route.metadata.name,
    [owner === '' ? `${route.kind} ${route.metadata.name}` : route.kind, owner],
    routeState(route),
    cluster,
  );
  const from = parentRefsOf(route).flatMap(({ kind, namespace, name, sectionName }) => {
    const place = `${namespace}/${name}`;
    const named = sectionName === undefined ? (listeners.get(`${kind}/${place}`) ?? []) : [sectionName];
    return named.map((listener) => ({ from: listenerId(kind, place, listener), to: id }));
  });
  const backends = backendsOf(route).map((place) =>
    node(
      'backend',
      `backend ${place}`,
      place.split('/')[1] ?? '',
      [`Service in ${place.split('/')[0]}`, owner],
      backendState(byService.get(place) ?? []),
      cluster,
    ),
  );
  return {
    nodes: [own, ...backends],
    edges: [...from, ...backends.map((one) => ({ from: id, to: one.id }))],
  };
}

function backendsOf(route: KubeObject): readonly string[] {
  const references = listOf(get(route.spec, 'rules')).flatMap((rule) => listOf(get(rule, 'backendRefs')));
  const places = references.map(
    (one) =>
      `${textOf(get(one, 'namespace')) ?? route.metadata.namespace ?? ''}/${textOf(get(one, 'name')) ?? ''}`,
  );
  return [...new Set(places)];
}

function clusterOf({ metadata }: KubeObject): string | null {
  return textOf(get(metadata.labels, LABELS.clusterId)) ?? null;
}
