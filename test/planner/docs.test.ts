import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FINDING_KINDS } from '../../src/planner/findings.ts';

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
  // What whoever runs the planner finds itself reads like a finding of it.
  const beside = ['../controller/routes/local-routes.ts', '../controller/writes/fights.ts'];
  const code = [...sources.filter((name) => name !== 'findings.ts'), ...beside].map(textOf).join('\n');
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
