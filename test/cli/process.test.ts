import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, runProcess } from './support.ts';

describe('as a process', () => {
  test('render reads standard input and writes standard output', () => {
    const { status, stdout, stderr } = runProcess(['render', 'r', '-f', '-'], {
      input: 'nameOverride: edge\n',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('helm.sh/chart: edge-');
  });

  test('bad values leave standard output empty and end with 1', () => {
    const { status, stdout, stderr } = runProcess(['render', 'r', '-f', '-'], { input: 'a: 1\nweb: [' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^<stdin>:2:\d+ error YamlSyntax/);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('wrong usage ends with 2', () => {
    expect(runProcess(['rendr']).status).toBe(2);
  });

  test('a pipe gets no colours', () => {
    const { stderr } = runProcess(['validate', 'r', '--set', 'a=1'], { env: { TERM: 'xterm-256color' } });
    expect(stderr).not.toContain('\u001b');
  });

  test('a large output reaches a slow reader whole', async () => {
    const folder = folderWith({ 'labels.yaml': largeValues() });
    const child = spawn(process.execPath, [MAIN, 'render', 'r', '-f', `${folder}/labels.yaml`]);
    await new Promise((done) => setTimeout(done, 700));
    let text = '';
    for await (const piece of child.stdout) text += piece;
    expect(text.length).toBeGreaterThan(100_000);
    expect(text).toMatch(/\n$/);
    expect(text).toBe(runProcess(['render', 'r', '-f', `${folder}/labels.yaml`]).stdout);
  });
});

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Annotations of every object, so that the output is larger than any pipe's buffer. */
function largeValues(): string {
  const lines = Array.from({ length: 10 }, (_, index) => `  key-${index}: ${'x'.repeat(1800)}\n`);
  return `commonAnnotations:\n${lines.join('')}`;
}
