import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINDING_KINDS } from '../../src/planner/findings.ts';
import { worldCases } from '../support/world-cases.ts';

const root = join(import.meta.dirname, '../..');
const sources = readdirSync(join(root, 'src/planner'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const textOf = (name: string): string => readFileSync(join(root, 'src/planner', name), 'utf8');

test('docs/runtime.md is up to date', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/generate-runtime-docs.ts', '--check'], {
      cwd: root,
      stdio: 'pipe',
    }),
  ).not.toThrow();
});

test('every finding code is used, and each says what to do', () => {
  const code = sources
    .filter((name) => name !== 'findings.ts')
    .map(textOf)
    .join('\n');
  for (const [name, { cause, remedy }] of Object.entries(FINDING_KINDS)) {
    expect(code, name).toContain(`'${name}'`);
    expect(cause.length * remedy.length, name).toBeGreaterThan(0);
  }
});

test('the runtime is pure: no clock, no randomness, no Node, nothing of other rooms', () => {
  for (const name of sources) {
    const text = textOf(name);
    expect(text, name).not.toMatch(/Date\.now|Math\.random|new Date\(\)|process\.|from 'node:|console\./);
    for (const [, target] of text.matchAll(/from '(\.[^']*)'/g))
      expect(target, name).toMatch(
        /^\.{1,2}\/[a-z.-]+\.(ts|js)$|^\.\.\/[a-z-]+\/[a-z-]+\.ts$|^(\.\.\/){1,3}(contract|text|generated)\/|^\.\/[a-z-]+\//,
      );
  }
});

describe('the acceptance lines of docs/runtime.md', () => {
  const rows = readFileSync(join(root, 'docs/runtime.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, label = '', , shown = ''] = line.split('|').map((cell) => cell.trim());
      return /^T\d+\.\d+$/.test(label) ? [{ label, shown }] : [];
    });

  test('stand there once each', () => {
    const counts = { T1: 9, T2: 10, T3: 13, T4: 9, T6: 8 };
    const labels = Object.entries(counts).flatMap(([part, count]) =>
      Array.from({ length: count }, (_, index) => `${part}.${index + 1}`),
    );
    expect(rows.map(({ label }) => label)).toEqual(labels);
  });

  test.each(rows)('$label names stories and tests that there are, or who it is left to', ({ shown }) => {
    expect(missingIn(shown)).toEqual([]);
    expect(shown).toMatch(/`|^(controller|agent): /);
  });

  test('and one that is not there is found', () => {
    expect(missingIn('`no-such-story`; `test/planner/dns.test.ts`: "no such test"')).toEqual([
      'no-such-story',
      'no such test',
    ]);
    expect(missingIn('`test/planner/none.test.ts`: "x"')).toEqual(['test/planner/none.test.ts', 'x']);
  });
});

const stories = new Set(worldCases());

/** Names in backquotes of what a plan returns. */
const FIELDS = ['nextCheckAt'];

/** What a row names that is not there: stories, test files, and titles of tests in the file named last. */
function missingIn(shown: string): readonly string[] {
  let text = '';
  return [...shown.matchAll(/`([^`]*)`|"([^"]*)"/g)].flatMap(([, name, title]) => {
    if (title !== undefined)
      return text.includes(`'${title}'`) || text.includes(`\`${title}\``) ? [] : [title];
    if (name === undefined || stories.has(name) || FIELDS.includes(name)) return [];
    const file = join(root, name);
    text = name.startsWith('test/') && existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text === '' ? [name] : [];
  });
}
