import { posix } from 'node:path';
import type { LinkTo, RenderedPage } from './render.ts';
import type { Source } from './sources.ts';

/** Where files are shown that are no pages of the site. */
const REPOSITORY = 'https://github.com/kubebyon/kubebyon-gateway/blob/main/';

/** Links between pages go to their place on the site, those to pictures too, and others to the repository. */
export function linksOf(source: Source, sources: readonly Source[], pictures: ReadonlySet<string>): LinkTo {
  return (target) => {
    if (/^[a-z]+:/.test(target) || target.startsWith('#')) return target;
    const [path = '', fragment] = target.split('#');
    const absolute = posix.join(posix.dirname(source.path), path);
    const page = sources.find((candidate) => candidate.path === absolute);
    const behind = fragment === undefined ? '' : `#${fragment}`;
    if (page !== undefined) return `${page.file}${behind}`;
    if (pictures.has(absolute)) return posix.basename(absolute);
    return `${REPOSITORY}${absolute}${behind}`;
  };
}

/** What is wrong with the links of a page: each names the page, and the place that is not there. */
export function brokenLinks(source: Source, pages: ReadonlyMap<string, RenderedPage>): readonly string[] {
  const page = pages.get(source.file);
  return (page?.links ?? []).flatMap((link) => {
    if (/^[a-z]+:/.test(link) || /\.(svg|png)$/.test(link)) return [];
    const [file = '', fragment] = link.split('#');
    const target = pages.get(file === '' ? source.file : file);
    if (target === undefined) return [`${source.path}: expected a page at ${link}, found none`];
    if (fragment !== undefined && !target.ids.has(decodeURIComponent(fragment))) {
      return [`${source.path}: expected the part ${link}, found no such heading or key; correct the link`];
    }
    return [];
  });
}
