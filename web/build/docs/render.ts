import markdownIt from 'markdown-it';
import { escapeHtml } from '../html.ts';
import { anchorsOfPage } from './anchors.ts';
import type { Source } from './sources.ts';

/** A part of a page that search finds by itself: what stands below a heading, or a row that has an address. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly level: number;
  readonly text: string;
  /** Set of rows: the heading above. */
  readonly within?: string;
}

export interface RenderedPage {
  readonly title: string;
  readonly html: string;
  readonly sections: readonly Section[];
  readonly ids: ReadonlySet<string>;
  /** Targets of links, as they stand on the site. */
  readonly links: readonly string[];
}

/** Where a link of a page goes on the site. */
export type LinkTo = (target: string) => string;

const markdown = markdownIt({ html: false, linkify: false });

type Tokens = ReturnType<typeof markdown.parse>;
type Token = Tokens[number];

/** A row is one key or code when its first cell is nothing else. */
const ROW_KEY = /^[A-Za-z][A-Za-z0-9.[\]_]*$/;

/** Renders one page. Comments of Markdown go; everything else that looks like HTML is shown as text. */
export function renderPage(source: Source, linkTo: LinkTo): RenderedPage {
  const tokens = markdown.parse(source.text.replace(/<!--[\s\S]*?-->\n?/g, ''), {});
  const anchors = anchorsOfPage();
  const ids = new Set<string>();
  const links: string[] = [];
  const sections: Section[] = [];
  let text: string[] = [];
  const close = (): void => {
    const last = sections.at(-1);
    if (last !== undefined) sections[sections.length - 1] = { ...last, text: text.join(' ') };
    text = [];
  };

  let heading = '';
  for (const [index, token] of tokens.entries()) {
    const inline = tokens[index + 1];
    if (token.type === 'heading_open' && inline !== undefined) {
      close();
      heading = plainText(inline);
      const id = anchors.heading(heading);
      ids.add(id);
      token.attrSet('id', id);
      sections.push({ id, title: heading, level: Number(token.tag.slice(1)), text: '' });
    } else if (token.type === 'tr_open') {
      const row = rowOf(tokens, index);
      const id = row.key === undefined ? undefined : anchors.exact(row.key);
      if (id !== undefined && row.key !== undefined) {
        token.attrSet('id', id);
        ids.add(id);
        close();
        sections.push({ id, title: row.key, level: 9, text: row.text, within: heading });
        text.push(row.text);
      } else text.push(row.text);
    } else if (token.type === 'inline') {
      rewriteLinks(token, linkTo, links);
      const inTable = tokens[index - 1]?.type.startsWith('t');
      const previous = tokens[index - 1]?.type;
      if (!inTable && previous !== 'heading_open') text.push(plainText(token));
    } else if (token.type === 'fence') text.push(token.content);
  }
  close();
  const title = sections.find(({ level }) => level === 1)?.title ?? source.path;
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}), sections, ids, links };
}

function rowOf(tokens: Tokens, start: number): { readonly key: string | undefined; readonly text: string } {
  const cells: Token[] = [];
  for (let index = start; tokens[index] !== undefined && tokens[index]?.type !== 'tr_close'; index += 1) {
    const token = tokens[index];
    if (token?.type === 'inline') cells.push(token);
  }
  const [first] = cells;
  const [only, ...more] = first?.children ?? [];
  const isKey = only?.type === 'code_inline' && more.length === 0 && ROW_KEY.test(only.content);
  return { key: isKey ? only.content : undefined, text: cells.map(plainText).join(' ') };
}

function plainText(token: Token): string {
  return (token.children ?? [])
    .map((child) => (child.type === 'softbreak' ? ' ' : child.type.endsWith('_open') ? '' : child.content))
    .join('');
}

function rewriteLinks(token: Token, linkTo: LinkTo, links: string[]): void {
  for (const child of token.children ?? []) {
    const attribute = child.type === 'link_open' ? 'href' : child.type === 'image' ? 'src' : undefined;
    const target = attribute === undefined ? null : child.attrGet(attribute);
    if (attribute === undefined || target === null) continue;
    const address = linkTo(String(target));
    child.attrSet(attribute, address);
    links.push(address);
    if (/^https?:/.test(address)) child.attrSet('rel', 'noreferrer');
  }
}

markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';
markdown.renderer.rules.heading_close = (tokens, index) => {
  const open = tokens.slice(0, index).findLast(({ type }) => type === 'heading_open');
  const id = open?.attrGet('id') ?? '';
  return `<a class="anchor" href="#${escapeHtml(String(id))}" aria-label="Link to this part">#</a></${tokens[index]?.tag}>\n`;
};
markdown.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  const language = /^[a-z]+/.exec(token?.info ?? '')?.[0] ?? 'text';
  return `<pre class="code" data-language="${language}" tabindex="0"><code>${escapeHtml(token?.content ?? '')}</code></pre>\n`;
};
