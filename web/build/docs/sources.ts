import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../places.ts';

/** A Markdown page of the repository and where it goes on the site. */
export interface Source {
  /** From the root of the repository, as `docs/values.md`. */
  readonly path: string;
  /** Below `docs/` of the site, as `values.html`. */
  readonly file: string;
  readonly language: 'en' | 'zh-CN';
  /** The heading that it has in the list of pages. */
  readonly group: Group;
  readonly text: string;
}

export const GROUPS = ['start', 'use', 'run', 'project'] as const;
export type Group = (typeof GROUPS)[number];

/** Pages by their place in the list; those that nobody has placed come last, so that a new page is never missing. */
const PLACED: readonly (readonly [path: string, group: Group])[] = [
  ['README.md', 'start'],
  ['README.zh-CN.md', 'start'],
  ['docs/values.md', 'use'],
  ['docs/problems.md', 'use'],
  ['docs/upgrading.md', 'use'],
  ['docs/gitops.md', 'use'],
  ['docs/implementations.md', 'use'],
  ['docs/helm-versions.md', 'use'],
  ['docs/diff.md', 'use'],
  ['docs/graph.md', 'use'],
  ['docs/before-a-commit.md', 'use'],
  ['docs/looking.md', 'run'],
  ['docs/checks.md', 'run'],
  ['docs/operations.md', 'run'],
  ['docs/runtime.md', 'run'],
  ['docs/installing.md', 'run'],
  ['docs/edge-controller.md', 'run'],
  ['docs/acme.md', 'run'],
  ['docs/route-agent.md', 'run'],
  ['docs/world.md', 'run'],
  ['docs/bundle.md', 'run'],
  ['docs/scale.md', 'run'],
];

/** Every page of the docs, in the sequence of the list of pages. */
export async function readSources(): Promise<readonly Source[]> {
  const names = (await readdir(join(repository, 'docs'))).filter((name) => name.endsWith('.md')).sort();
  const placed = new Map(PLACED);
  const others = names.map((name) => `docs/${name}`).filter((path) => !placed.has(path));
  const paths = [...placed.keys(), ...others, 'CHANGELOG.md'];
  return Promise.all(
    paths.map(async (path) => ({
      path,
      file: fileOf(path),
      language: path.includes('.zh-CN.') ? ('zh-CN' as const) : ('en' as const),
      group: placed.get(path) ?? 'project',
      text: await readFile(join(repository, path), 'utf8'),
    })),
  );
}

/** `README.md` is the first page of the docs. */
function fileOf(path: string): string {
  if (path === 'README.md') return 'index.html';
  if (path === 'README.zh-CN.md') return 'zh-CN.html';
  return `${path
    .replace(/^docs\//, '')
    .replace(/\.md$/, '')
    .toLowerCase()}.html`;
}
