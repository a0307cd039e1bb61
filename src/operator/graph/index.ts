/**
 * Shows what requests pass from an address to a backend, with the state of each, and draws it.
 * Never reads a cluster or a file, and takes no name of others for markup.
 * docs/graph.md says what is shown.
 */
export { graphDot } from './dot.ts';
export { grouped, MOST_CLUSTERS } from './group.ts';
export { type Layout, layoutOf, type Placed } from './layout.ts';
export { graphMermaid } from './mermaid.ts';
export {
  type Graph,
  type GraphEdge,
  type GraphNode,
  NODE_KINDS,
  NODE_STATES,
  type NodeKind,
  type NodeState,
} from './model.ts';
export { type GraphSource, readGraph } from './read-graph.ts';
export { graphSvg } from './svg.ts';
