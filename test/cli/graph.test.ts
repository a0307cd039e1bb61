import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { worldDocument } from '../support/world-cases.ts';
import { folderWith } from './support.ts';

const VALUES = ['--set', 'publicAccess.provider=gatewayapi'];

test.each([
  ['svg', /^<svg xmlns=/],
  ['mermaid', /^flowchart LR\n/],
  ['dot', /^digraph /],
  ['json', /^\{\n {2}"nodes": \[/],
])('graph draws values as %s', async (form, begins) => {
  const { exitCode, stdout, stderr } = await run(['graph', 'r', ...VALUES, '-o', form]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: undefined });
  expect(stdout).toMatch(begins);
  expect(stdout).toContain('control-plane');
});

test('graph draws a world with the states of its time', async () => {
  const folder = folderWith();
  const world = join(folder, 'world.yaml');
  writeFileSync(world, JSON.stringify(worldDocument('all-settled')));
  const { exitCode, stdout = '' } = await run(['graph', '--world', world, '-o', 'json']);
  expect(exitCode).toBe(0);
  const { nodes }: { readonly nodes: readonly { readonly kind: string; readonly state: string }[] } =
    JSON.parse(stdout);
  expect(nodes.filter(({ kind, state }) => kind === 'listener' && state === 'ok').length).toBeGreaterThan(0);
});

test.each([
  [['graph'], 2, 'graph needs NAME, --world FILE or --live'],
  [['graph', 'r', '--world', 'w.yaml'], 2, 'leave one of them out'],
  [['graph', '--live', '--kubeconfig', 'none'], 66, 'none: expected a file with credentials'],
  [['graph', '--world', 'none.yaml'], 66, 'none.yaml: expected a file, found none'],
  [['graph', 'r', '--set', 'api.replicas=x'], 1, 'api.replicas'],
])('graph refuses %j with %i', async (words, code, message) => {
  const { exitCode, stderr } = await run(words);
  expect(exitCode).toBe(code);
  expect(stderr).toContain(message);
});

test('graph names the line of a world that is wrong', async () => {
  const folder = folderWith({ 'w.yaml': 'apiVersion: kubebyon.app/v1alpha1\nkind: Word\n' });
  const { exitCode, stderr } = await run(['graph', '--world', join(folder, 'w.yaml')]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/w\.yaml:\d+: /);
});
