import type { Graph, GraphNode } from './model.ts';

/** A graph as a flow chart of Mermaid, which GitHub and GitLab draw in Markdown. */
export function graphMermaid({ nodes, edges }: Graph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  return [
    'flowchart LR',
    ...nodes.map((node) => `  ${names.get(node.id)}["${label(node)}"]:::${node.state}`),
    ...edges.map(({ from, to }) => `  ${names.get(from)} --> ${names.get(to)}`),
    '  classDef ok stroke:#1a7f37',
    '  classDef waiting stroke:#bf8700,stroke-dasharray:4',
    '  classDef failed stroke:#cf222e,stroke-width:3px',
    '  classDef unknown stroke:#8c959f',
    '',
  ].join('\n');
}

function label({ kind, label, detail }: GraphNode): string {
  return [`${kind}: ${label}`, detail]
    .filter((text) => text !== '')
    .map(escaped)
    .join('<br>');
}

/** Everything but letters, digits and what stands in names and addresses is a code of its own, so nothing is markup. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\p{L}\p{N} .,:/_-]/gu, (character) => `#${character.codePointAt(0)};`);
}
