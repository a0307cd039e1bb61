import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flagOf, readDockerfile } from '../support/dockerfile.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');
const stages = readDockerfile(textOf('Dockerfile'));
const [build, last] = stages;
const copies = stages.flatMap(({ steps }) =>
  steps.filter(({ keyword, flags }) => keyword === 'COPY' && flags.length === 0),
);
const copied = copies.flatMap(({ text }) => text.split(' ').slice(0, -1));

describe('the image', () => {
  test('is built in one stage and holds what it needs in another', () => {
    expect(stages).toHaveLength(2);
    expect(build?.name).toBe('build');
  });

  test('is built with the Node that the tests run on', () => {
    const { devDependencies } = JSON.parse(textOf('package.json'));
    expect(build?.image).toBe(`node:${devDependencies.node}-bookworm-slim`);
  });

  test('runs nothing in its last stage, and takes no package manager along', () => {
    expect(last?.steps.filter(({ keyword }) => keyword === 'RUN')).toEqual([]);
    const taken = last?.steps.filter((step) => flagOf(step, 'from') !== undefined).map(({ text }) => text);
    expect(taken).toEqual([
      '/usr/local/bin/node /usr/local/bin/node',
      '/src/dist ./dist',
      '/src/node_modules ./node_modules',
    ]);
  });

  test('runs as the user of the chart, who is not root', () => {
    expect(last?.steps.findLast(({ keyword }) => keyword === 'USER')?.text).toBe('65532:65532');
  });

  test('carries the notices', () => {
    expect(copied).toEqual(expect.arrayContaining(['LICENSE', 'NOTICE', 'THIRD-PARTY.md']));
  });

  test('is made of files that are there, and of no other', () => {
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
    const allowed = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect([...new Set(copied)].toSorted()).toEqual(allowed.toSorted());
  });
});
