import { type Layout, layoutOf, MEASURES, type Placed } from './layout.ts';
import type { Graph, NodeState } from './model.ts';

/** What a state is called for those who do not see its colour. */
const SIGNS: Readonly<Record<NodeState, string>> = { ok: '✓', waiting: '…', failed: '✗', unknown: '' };

const STYLE = `
:root{color-scheme:light dark}
.bg{fill:#fff}.head{fill:#57606a;font-weight:600;font-size:12px;letter-spacing:.04em}
text{font-family:ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
.label{fill:#1f2328;font-weight:600;font-size:13px}.detail{fill:#57606a;font-size:11px}
.box{fill:#f6f8fa;stroke:#d0d7de}.edge{fill:none;stroke:#afb8c1;stroke-width:1.4}
.ok .bar{fill:#1a7f37}.waiting .bar{fill:#bf8700}.failed .bar{fill:#cf222e}.unknown .bar{fill:#8c959f}
.failed .box{stroke:#cf222e}.waiting .box{stroke:#bf8700}
.sign{font-size:13px;font-weight:700}.ok .sign{fill:#1a7f37}.waiting .sign{fill:#9a6700}.failed .sign{fill:#cf222e}
.certificate .box{stroke-dasharray:4 3}.edge.failed{stroke:#cf222e}.edge.waiting{stroke:#bf8700}
@media (prefers-color-scheme:dark){
.bg{fill:#0d1117}.head,.detail{fill:#9198a1}.label{fill:#e6edf3}
.box{fill:#161b22;stroke:#3d444d}.edge{stroke:#59636e}
.ok .bar{fill:#3fb950}.waiting .bar{fill:#d29922}.failed .bar{fill:#f85149}.unknown .bar{fill:#656c76}
.failed .box{stroke:#f85149}.waiting .box{stroke:#d29922}
.ok .sign{fill:#3fb950}.waiting .sign{fill:#d29922}.failed .sign{fill:#f85149}
.edge.failed{stroke:#f85149}.edge.waiting{stroke:#d29922}
}`.trim();

/**
 * A graph as a picture of its own: no script, no font and no picture of elsewhere, light or dark as whoever looks at it
 * prefers. Names of others are text in it and nothing else.
 */
export function graphSvg(graph: Graph, title: string): string {
  const layout = layoutOf(graph);
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="bg" width="100%" height="100%"/>`,
    ...layout.columns.map(
      ({ head, x }) => `<text class="head" x="${x}" y="${MEASURES.margin + 8}">${head}</text>`,
    ),
    ...edges(graph, layout),
    ...layout.placed.map(box),
    '</svg>\n',
  ].join('\n');
}

function edges(graph: Graph, { placed }: Layout): readonly string[] {
  const places = new Map(placed.map((one) => [one.node.id, one]));
  return graph.edges.flatMap(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start === undefined || end === undefined ? [] : [edge(start, end)];
  });
}

/** Lines that pass other columns run between the boxes as far as they can: they bend where they begin and end. */
function edge(start: Placed, end: Placed): string {
  const [x1, y1] = [start.x + MEASURES.width, start.y + MEASURES.height / 2];
  const [x2, y2] = [end.x, end.y + MEASURES.height / 2];
  const bend = MEASURES.columnGap / 2;
  const kind = end.node.state === 'failed' || end.node.state === 'waiting' ? ` ${end.node.state}` : '';
  return `<path class="edge${kind}" d="M${x1} ${round(y1)}C${x1 + bend} ${round(y1)} ${x2 - bend} ${round(y2)} ${x2} ${round(y2)}"/>`;
}

function box({ node, x, y }: Placed): string {
  const { width, height } = MEASURES;
  const lines = [
    `<g class="${node.state} ${node.kind}" transform="translate(${x} ${round(y)})">`,
    `<title>${escapeXml([node.label, node.detail].filter((text) => text !== '').join('\n'))}</title>`,
    ...(node.count > 1 ? [`<rect class="box" x="4" y="4" width="${width}" height="${height}" rx="6"/>`] : []),
    `<rect class="box" width="${width}" height="${height}" rx="6"/>`,
    `<rect class="bar" width="4" height="${height - 12}" x="0" y="6" rx="2"/>`,
    `<text class="label" x="14" y="${node.detail === '' ? 30 : 21}">${escapeXml(cut(node.label, SIGNS[node.state] === '' ? 27 : 24))}</text>`,
    ...(node.detail === ''
      ? []
      : [`<text class="detail" x="14" y="39">${escapeXml(cut(node.detail, 38))}</text>`]),
    ...(SIGNS[node.state] === ''
      ? []
      : [`<text class="sign" x="${width - 20}" y="21">${SIGNS[node.state]}</text>`]),
    '</g>',
  ];
  return lines.join('');
}

function cut(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text in XML: what XML cannot hold, and what turns the direction of text, is replaced. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\p{Bidi_Control}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
