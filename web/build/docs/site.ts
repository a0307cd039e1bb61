import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Assets, writeAsset } from '../bundle.ts';
import { escapeHtml } from '../html.ts';
import { pageText, writePage } from '../pages.ts';
import { outputFolder, repository } from '../places.ts';
import { brokenLinks, linksOf } from './links.ts';
import { type RenderedPage, renderPage } from './render.ts';
import { searchScript } from './search-index.ts';
import { GROUPS, readSources, type Source } from './sources.ts';

/**
 * Writes the documentation.
 *
 * @returns what is wrong with its links, a line for each.
 */
export async function writeDocs(assets: Assets): Promise<readonly string[]> {
  const sources = await readSources();
  const pictures = await copyPictures();
  const pages = new Map(
    sources.map((source) => [source.file, renderPage(source, linksOf(source, sources, pictures))] as const),
  );
  const search = await writeAsset('search', 'js', searchScript(sources, pages));
  for (const source of sources) {
    const page = pages.get(source.file);
    if (page !== undefined) await writeDoc(source, page, { sources, pages, assets, search });
  }
  return sources.flatMap((source) => brokenLinks(source, pages));
}

async function copyPictures(): Promise<ReadonlySet<string>> {
  await mkdir(join(outputFolder, 'docs'), { recursive: true });
  const names = (await readdir(join(repository, 'docs'))).filter((name) => name.endsWith('.svg'));
  await Promise.all(
    names.map((name) => copyFile(join(repository, 'docs', name), join(outputFolder, 'docs', name))),
  );
  return new Set(names.map((name) => `docs/${name}`));
}

interface Site {
  readonly sources: readonly Source[];
  readonly pages: ReadonlyMap<string, RenderedPage>;
  readonly assets: Assets;
  readonly search: string;
}

async function writeDoc(source: Source, page: RenderedPage, site: Site): Promise<void> {
  const text = pageText({
    title: `${page.title} · kubebyon-gateway`,
    description: page.sections[0]?.text.slice(0, 150) ?? page.title,
    language: source.language,
    toRoot: '../',
    data: { search: `../${site.search}` },
    head: [
      `<link rel="stylesheet" href="../${site.assets.styles}">`,
      `<script defer src="../${site.assets.docs}"></script>`,
    ].join('\n'),
    body: `<body class="docs">
<a class="skip" href="#content" data-word="skip">Skip to the content</a>
<div id="bar"></div>
<div class="docs-grid">
<nav class="docs-pages" aria-label="Pages">${pageList(source, site)}</nav>
<main id="content" class="prose" tabindex="-1">${page.html}</main>
<aside class="docs-parts" aria-label="On this page">${partList(page)}</aside>
</div>
</body>`,
  });
  await writePage(`docs/${source.file}`, text);
}

const GROUP_TITLES = { start: 'Start', use: 'Values and charts', run: 'Running it', project: 'The project' };

/** Short names in the list; other pages have their title there. */
const SHORT: Readonly<Record<string, string>> = { 'index.html': 'Overview', 'zh-CN.html': '概览（中文）' };

function pageList(current: Source, { sources, pages }: Site): string {
  return GROUPS.map((group) => {
    const items = sources
      .filter((source) => source.group === group)
      .map(({ file, language }) => {
        const here = file === current.file ? ' aria-current="page"' : '';
        const title = SHORT[file] ?? pages.get(file)?.title ?? file;
        return `<li><a href="${file}" lang="${language}"${here}>${escapeHtml(title)}</a></li>`;
      });
    return `<h2 data-word="docs.${group}">${GROUP_TITLES[group]}</h2><ul>${items.join('')}</ul>`;
  }).join('');
}

function partList({ sections }: RenderedPage): string {
  const parts = sections.filter(({ level }) => level === 2 || level === 3);
  if (parts.length < 2) return '';
  const items = parts.map(
    ({ id, title, level }) =>
      `<li class="level-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a></li>`,
  );
  return `<h2 data-word="docs.parts">On this page</h2><ul>${items.join('')}</ul>`;
}
