import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOMS } from '../../scripts/rooms/rooms.ts';
import { projectRoot } from '../../scripts/write-generated.ts';
import { PAGES, pageAt, pages } from './pages.ts';

test.each(PAGES)('every file and heading that %s links to exists', (path) => {
  expect(pageAt(path).links.filter((link) => !isThere(path, link))).toEqual([]);
});

/** The repository, where links lead that must hold outside of it too: in the archive of the package. */
const REPOSITORY = 'https://github.com/kubebyon/kubebyon-gateway/';

function isThere(from: string, link: string): boolean {
  if (link.startsWith(REPOSITORY)) {
    const [, path = ''] = /^(?:tree|blob)\/main\/(.+)$/.exec(link.slice(REPOSITORY.length)) ?? [];
    return path !== '' && existsSync(join(projectRoot, path));
  }
  if (/^https?:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(projectRoot, target))) return false;
  return (
    anchor === undefined ||
    (pages.get(target)?.headings ?? []).some(({ title }) => anchorOf(title) === anchor)
  );
}

/** The anchor that a heading gets on the usual forges. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

test.each(PAGES)('every npm script that %s names exists', (path) => {
  const { scripts }: { readonly scripts: object } = JSON.parse(
    readFileSync(join(projectRoot, 'package.json'), 'utf8'),
  );
  const { code, blocks } = pageAt(path);
  const text = [...code, ...blocks.map((block) => block.text)].join('\n');
  const named = [...text.matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
    ([, script, short]) => script ?? short,
  );
  expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});

/** Named as what a contributor would make. */
const EXAMPLES = ['src/chart/web-notice.ts'];
const rooms = Object.keys(ROOMS).map((room) => `src/${room}`);
const files = globSync('{src,test,scripts,tools,bench}/**/*', {
  cwd: projectRoot,
  exclude: (name) => name === 'node_modules',
});
const sources = new Set(files.map((file) => basename(file)));

// What the changelog tells of may be gone.
test.each(PAGES.filter((path) => path !== 'CHANGELOG.md'))('every file that %s names exists', (path) => {
  const gone = pageAt(path).code.filter((name) => {
    if (EXAMPLES.includes(name) || rooms.includes(name)) return false;
    if (/^(src|test|scripts|docs|fixtures|schemas|charts|golden|tools|bench)\/[\w./-]+$/.test(name)) {
      return !existsSync(join(projectRoot, name));
    }
    return /^[\w-]+\.ts$/.test(name) && !sources.has(name);
  });
  expect(gone).toEqual([]);
});
