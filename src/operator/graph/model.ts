/** What a node of a graph stands for, in the order in which requests pass them. */
export const NODE_KINDS = ['entry', 'gateway', 'listener', 'certificate', 'route', 'backend'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** How a node is: `unknown` where nothing says anything about it, as for values that are not installed. */
export const NODE_STATES = ['failed', 'waiting', 'ok', 'unknown'] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** Something that requests pass, or several of one kind and state. */
export interface GraphNode {
  /** The same for the same objects, whatever else there is. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** What more there is to know; empty where there is nothing. */
  readonly detail: string;
  readonly state: NodeState;
  /** How many it stands for. */
  readonly count: number;
  /** Id of the cluster that it belongs to; null of what is the platform's, and of several. */
  readonly cluster: string | null;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** What requests pass from an address to a backend. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** How many clusters there are. */
  readonly clusters: number;
}
