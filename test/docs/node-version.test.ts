import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../scripts/write-generated.ts';
import { textOfPage } from './pages.ts';

type Version = readonly [major: number, minor: number];

interface Installed {
  readonly engines?: { readonly node?: string };
}

const { engines }: { readonly engines: { readonly node: string } } = read('package.json');
const { packages }: { readonly packages: Readonly<Record<string, Installed>> } = read('package-lock.json');

function read<Content>(file: string): Content {
  return JSON.parse(readFileSync(join(projectRoot, file), 'utf8'));
}

/** Whether a range, such as `^20.19.0 || >=22.12.0`, takes a version. */
function takes(range: string, version: Version): boolean {
  return range.split('||').some((part) => {
    const [, sign = '', major = '0', minor = '0'] = /^\s*(\^|>=)\s*(\d+)(?:\.(\d+))?/.exec(part) ?? [];
    const least: Version = [Number(major), Number(minor)];
    if (sign === '^' && version[0] !== least[0]) return false;
    return sign !== '' && (version[0] > least[0] || (version[0] === least[0] && version[1] >= least[1]));
  });
}

/** The versions that a page names: `Node 22.18, 24` gives both. */
function namedIn(page: string): readonly Version[] {
  const [, names = ''] = /Node (\d[\d.]*(?:(?:, |、)\d[\d.]*)*)/.exec(textOfPage(page)) ?? [];
  return names.split(/, |、/).map((name) => {
    const [major = '', minor = '0'] = name.split('.');
    return [Number(major), Number(minor)];
  });
}

test.each(['README.md', 'README.zh-CN.md'])(
  'on every Node that %s names, npm ci warns of no engine',
  (page) => {
    const named = namedIn(page);
    expect(named.length).toBeGreaterThan(1);
    const warnings = named.flatMap((version) =>
      Object.entries(packages).flatMap(([path, { engines: own }]) =>
        own?.node === undefined || takes(own.node, version) ? [] : [`Node ${version}: ${path} ${own.node}`],
      ),
    );
    expect(warnings).toEqual([]);
  },
);

test('the oldest Node that the READMEs name is that of package.json, and an older one would be warned of', () => {
  expect(engines.node).toBe(`>=${namedIn('README.md')[0]?.join('.')}`);
  expect(takes(engines.node, [20, 20])).toBe(false);
});
