import type { Graph, GraphNode, NodeState } from './model.ts';

const COLOURS: Readonly<Record<NodeState, string>> = {
  ok: '#1a7f37',
  waiting: '#bf8700',
  failed: '#cf222e',
  unknown: '#8c959f',
};

/** A graph in the language of Graphviz. */
export function graphDot({ nodes, edges }: Graph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  return [
    'digraph entries {',
    '  rankdir=LR; node [shape=box, style=rounded, fontname="sans-serif"];',
    ...nodes.map(
      (node) => `  ${names.get(node.id)} [label="${label(node)}", color="${COLOURS[node.state]}"];`,
    ),
    ...edges.map(({ from, to }) => `  ${names.get(from)} -> ${names.get(to)};`),
    '}',
    '',
  ].join('\n');
}

function label({ kind, label, detail }: GraphNode): string {
  return [`${kind}: ${label}`, detail]
    .filter((text) => text !== '')
    .map(escaped)
    .join('\\n');
}

/** A text in quotes; control characters, which Graphviz would write on, are replaced. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}|\p{Bidi_Control}/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
}
