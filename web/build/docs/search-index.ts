import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS, type SearchEntry } from '../../src/docs/search-options.ts';
import type { RenderedPage } from './render.ts';
import type { Source } from './sources.ts';

/** The index of all pages as a script, so that it loads from a disk as well as from a server. */
export function searchScript(sources: readonly Source[], pages: ReadonlyMap<string, RenderedPage>): string {
  const index = new MiniSearch<SearchEntry>(SEARCH_OPTIONS);
  for (const { file, language } of sources) {
    const page = pages.get(file);
    if (page === undefined) continue;
    const entries = page.sections.map(({ id, title, level, text, within }) => ({
      id: `${file}#${id}`,
      title,
      page: page.title,
      within: within ?? '',
      language,
      weight: level === 9 ? 2 : 1,
      text,
      excerpt: text.slice(0, 140),
    }));
    index.addAll(entries);
  }
  return `self.searchIndex=${JSON.stringify(JSON.stringify(index))};`;
}
