import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultValues } from '../../src/index.ts';
import { flagOf, readDockerfile } from '../support/dockerfile.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');
const stages = readDockerfile(textOf('Dockerfile'));
const [build, runtime, agent, last] = stages;
const runsOf = (stage: (typeof stages)[number] | undefined) =>
  stage?.steps.filter(({ keyword }) => keyword === 'RUN').map(({ text }) => text);
const userOf = (stage: (typeof stages)[number] | undefined) =>
  stage?.steps.findLast(({ keyword }) => keyword === 'USER')?.text;
const copies = stages.flatMap(({ steps }) =>
  steps.filter(({ keyword, flags }) => keyword === 'COPY' && flags.length === 0),
);
const copied = copies.flatMap(({ text }) => text.split(' ').slice(0, -1));

describe('the image', () => {
  test('is built in one stage and holds what it needs in another, from which the agent’s is made too', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', 'runtime', 'route-agent', undefined]);
    expect([agent?.image, last?.image]).toEqual(['runtime', 'runtime']);
  });

  test('is built with the Node that the tests run on', () => {
    const { devDependencies } = JSON.parse(textOf('package.json'));
    expect(build?.image).toBe(`node:${devDependencies.node}-bookworm-slim`);
  });

  test('runs nothing in its last stages, and takes no package manager along', () => {
    expect([runsOf(runtime), runsOf(last)]).toEqual([[], []]);
    const taken = runtime?.steps.filter((step) => flagOf(step, 'from') !== undefined).map(({ text }) => text);
    expect(taken).toEqual([
      '/usr/local/bin/node /usr/local/bin/node',
      '/src/dist ./dist',
      '/src/node_modules ./node_modules',
    ]);
  });

  test('runs as the user of the chart, who is not root', () => {
    expect(userOf(last)).toBe('65532:65532');
  });

  test('of the agent has iproute2 of one release besides, and is root, as the chart runs it', () => {
    expect(runsOf(agent)).toEqual([
      "apt-get update && apt-get install --yes --no-install-recommends 'iproute2=6.1.*' && rm -rf /var/lib/apt/lists/*",
    ]);
    expect(userOf(agent)).toBe('0:0');
    expect(defaultValues('single-node').routeAgent.podSecurityContext).toMatchObject({ runAsUser: 0 });
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
