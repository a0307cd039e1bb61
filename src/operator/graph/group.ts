import { listed } from '../../text/listed.ts';
import type { Graph, GraphEdge, GraphNode } from './model.ts';

/** Most clusters that are shown one by one. */
export const MOST_CLUSTERS = 12;

/** What is grouped: there are as many of these as there are clusters. */
const GROUPED: ReadonlySet<string> = new Set(['listener', 'certificate', 'route', 'backend']);

/** Most of a kind that stay apart. */
const MOST_APART = 8;

const WORDS: Readonly<Record<string, string>> = {
  listener: 'listeners',
  certificate: 'certificates',
  route: 'routes',
  backend: 'backends',
};

/**
 * A graph of many clusters with one node for all that are alike: of one kind and state, behind the same nodes. What is not
 * well stands in a group of its own, with names, however many there are.
 */
export function grouped(graph: Graph): Graph {
  const before = Map.groupBy(graph.edges, ({ to }) => to);
  const groups = new Map<string, string>();
  // Kinds come in the order in which requests pass them, so who stands before a node is grouped before it is.
  const order = ['entry', 'gateway', 'listener', 'certificate', 'route', 'backend'];
  for (const kind of order) {
    const ofKind = graph.nodes.filter((node) => node.kind === kind);
    for (const node of ofKind) groups.set(node.id, groupOf(node, ofKind.length, before, groups));
  }
  const members = Map.groupBy(graph.nodes, ({ id }) => groups.get(id) ?? id);
  const nodes = [...members].flatMap(([id, [first, ...rest]]) =>
    first === undefined ? [] : [rest.length === 0 ? { ...first, id } : joined(id, [first, ...rest])],
  );
  return { nodes, edges: edgesBetween(graph.edges, groups), clusters: graph.clusters };
}

function groupOf(
  { id, kind, state, cluster }: GraphNode,
  count: number,
  before: ReadonlyMap<string, readonly GraphEdge[]>,
  groups: ReadonlyMap<string, string>,
): string {
  const isAlone =
    !GROUPED.has(kind) ||
    count <= MOST_APART ||
    (kind !== 'certificate' && cluster === null && kind !== 'listener');
  if (isAlone) return id;
  const behind = (before.get(id) ?? []).map(({ from }) => groups.get(from) ?? from);
  return `${kind}s ${state} behind ${[...new Set(behind)].toSorted().join(' ')}`;
}

function joined(id: string, nodes: readonly [GraphNode, ...GraphNode[]]): GraphNode {
  const [{ kind, state }] = nodes;
  const clusters = new Set(nodes.flatMap(({ cluster }) => cluster ?? []));
  const of = clusters.size === 0 ? '' : `of ${clusters.size} ${clusters.size === 1 ? 'cluster' : 'clusters'}`;
  const names = state === 'failed' || state === 'waiting' ? listed(nodes.map(({ label }) => label)) : '';
  return {
    id,
    kind,
    label: `${nodes.length} ${WORDS[kind] ?? kind}`,
    detail: [of, names].filter((text) => text !== '').join(': '),
    state,
    count: nodes.length,
    cluster: null,
  };
}

function edgesBetween(
  edges: readonly GraphEdge[],
  groups: ReadonlyMap<string, string>,
): readonly GraphEdge[] {
  const between = edges.map(({ from, to }) => ({ from: groups.get(from) ?? from, to: groups.get(to) ?? to }));
  return [...new Map(between.map((edge) => [`${edge.from}>${edge.to}`, edge])).values()];
}
