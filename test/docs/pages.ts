import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/write-generated.ts';
import { type Markdown, readMarkdown } from './markdown.ts';

/** Every page that somebody reads, by its path. */
export const PAGES: readonly string[] = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'tools/README.md',
  ...readdirSync(join(projectRoot, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The pages by their path, read. */
export const pages: ReadonlyMap<string, Markdown> = new Map(
  PAGES.map((path) => [path, readMarkdown(textOfPage(path))]),
);

export function textOfPage(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

export function pageAt(path: string): Markdown {
  const page = pages.get(path);
  if (page === undefined) throw new Error(`${path} is no page`);
  return page;
}
