import type { Graph, GraphNode, NodeKind } from './model.ts';

/** Measures of a drawing, in pixels. */
export const MEASURES = { width: 240, height: 50, gap: 14, columnGap: 72, margin: 28, head: 34 } as const;

/** Where a node stands: its left upper corner. */
export interface Placed {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
}

/** A drawing without colours. */
export interface Layout {
  readonly placed: readonly Placed[];
  readonly columns: readonly { readonly head: string; readonly x: number }[];
  readonly width: number;
  readonly height: number;
}

/** Certificates stand beside routes, so no line passes behind a box. */
const COLUMNS: readonly { readonly head: string; readonly kinds: readonly NodeKind[] }[] = [
  { head: 'Addresses', kinds: ['entry'] },
  { head: 'Gateways', kinds: ['gateway'] },
  { head: 'Listeners', kinds: ['listener'] },
  { head: 'Certificates and routes', kinds: ['certificate', 'route'] },
  { head: 'Backends', kinds: ['backend'] },
];

/**
 * Places nodes in columns. Each stands as near to what leads to it as those above leave room, and then whatever leads to it in
 * the middle of what it leads to, so lines cross seldom.
 */
export function layoutOf(graph: Graph): Layout {
  const columns = COLUMNS.map(({ head, kinds }) => ({
    head,
    nodes: graph.nodes.filter((node) => kinds.includes(node.kind)),
  })).filter(({ nodes }) => nodes.length > 0);
  const [parents, children] = [neighbours(graph, 'to', 'from'), neighbours(graph, 'from', 'to')];
  const rows = new Map<string, number>();
  for (const { nodes } of columns) place(nodes, rows, parents);
  for (const { nodes } of columns.toReversed()) place(inRows(nodes, rows), rows, children);
  const xOf = (column: number): number => MEASURES.margin + column * (MEASURES.width + MEASURES.columnGap);
  const placed = columns.flatMap(({ nodes }, column) =>
    nodes.map((node) => ({ node, x: xOf(column), y: rows.get(node.id) ?? TOP })),
  );
  return {
    placed,
    columns: columns.map(({ head }, column) => ({ head, x: xOf(column) })),
    width: Math.max(0, xOf(columns.length) - MEASURES.columnGap) + MEASURES.margin,
    height: Math.max(TOP, ...placed.map(({ y }) => y + MEASURES.height)) + MEASURES.margin,
  };
}

const TOP: number = MEASURES.margin + MEASURES.head;

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours({ edges }: Graph, of: 'from' | 'to', are: 'from' | 'to'): Neighbours {
  const known = Map.groupBy(edges, (edge) => edge[of]);
  return new Map([...known].map(([id, list]) => [id, list.map((edge) => edge[are])]));
}

function inRows(nodes: readonly GraphNode[], rows: ReadonlyMap<string, number>): readonly GraphNode[] {
  return nodes.toSorted((a, b) => (rows.get(a.id) ?? 0) - (rows.get(b.id) ?? 0));
}

/** Notes in which row each node of a column stands: in the middle of its neighbours, and below all that come before. */
function place(nodes: readonly GraphNode[], rows: Map<string, number>, of: Neighbours): void {
  const wanted = nodes.map((node) => ({
    node,
    row: middle(of.get(node.id) ?? [], rows) ?? rows.get(node.id),
  }));
  const order = rows.has(nodes[0]?.id ?? '') ? wanted : wanted.toSorted(compareRows);
  let next = TOP;
  for (const { node, row = next } of order) {
    const at = Math.max(next, row);
    rows.set(node.id, at);
    next = at + MEASURES.height + MEASURES.gap;
  }
}

function middle(ids: readonly string[], rows: ReadonlyMap<string, number>): number | undefined {
  const known = ids.flatMap((id) => rows.get(id) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, row) => sum + row, 0) / known.length;
}

interface Wanted {
  readonly node: GraphNode;
  readonly row: number | undefined;
}

/** What nothing leads to comes last; certificates come before the routes of their listener. */
function compareRows(a: Wanted, b: Wanted): number {
  const [one, other] = [a.row ?? Number.MAX_VALUE, b.row ?? Number.MAX_VALUE];
  if (one !== other) return one - other;
  const [first, second] = [`${a.node.kind} ${a.node.label}`, `${b.node.kind} ${b.node.label}`];
  return first < second ? -1 : first > second ? 1 : 0;
}
