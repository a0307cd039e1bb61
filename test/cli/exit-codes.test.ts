import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { run } from '../../src/cli/run.ts';
import { folderWith } from './support.ts';

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');

describe('a program that calls this one can tell apart', () => {
  test('values that are wrong: 1', async () => {
    expect((await run(['render', 'r', '--set', 'a=1'])).exitCode).toBe(1);
  });

  test('wrong usage: 2', async () => {
    expect((await run(['render'])).exitCode).toBe(2);
  });

  test('differences that a check found: 3', async () => {
    const folder = folderWith({ 'old.yaml': 'a: 1\n' });
    const { exitCode, stderr } = await run(['render', 'r', '--check', join(folder, 'old.yaml')]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: 'one file differs from what is rendered\n',
    });
  });

  test.each([
    ['an object to render', ['render', 'r', '--only', 'Service/none']],
    ['an object to explain', ['explain', 'r', 'Service/none']],
    ['a field', ['explain', 'r', 'Service/r-kubebyon-api:spec.none']],
    ['a value', ['explain', 'r', 'api.none']],
    ['a value that every object seems to have', ['explain', 'r', 'constructor']],
  ])('%s that is not there: 4', async (_, words) => {
    const { exitCode, stdout = '' } = await run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  });

  test.each([
    ['values', ['render', 'r', '-f', 'none.yaml']],
    ['values to be checked', ['validate', 'r', '-f', 'none.yaml']],
    ['values to be explained', ['explain', 'r', 'api.replicas', '-f', 'none.yaml']],
    ['a world', ['plan', 'none.yaml']],
    ['the file of a value', ['render', 'r', '--set-file', 'nameOverride=none.txt']],
    ['what a check compares with', ['render', 'r', '--check', 'none']],
  ])('a path of %s that is not there: 66', async (_, words) => {
    const { exitCode, stdout = '', stderr } = await run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 66, stdout: '' });
    expect(stderr).toContain('found none');
  });

  test('a folder that is not written to: 74', async () => {
    const folder = folderWith({ mine: 'x' });
    expect((await run(['chart', '--out', folder])).exitCode).toBe(74);
    expect((await run(['render', 'r', '--output-dir', join(folder, 'mine')])).exitCode).toBe(74);
  });
});

describe('standard output that cannot be written ends with 74 and one line', () => {
  test.runIf(existsSync('/dev/full'))('on a full disk', () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, 'values'], {
      encoding: 'utf8',
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    expect({ status, stderr }).toEqual({
      status: 74,
      stderr: 'error: cannot write standard output: found no space left\n',
    });
  });

  test('into a pipe that its reader has closed', async () => {
    const child = spawn(process.execPath, [MAIN, 'schema']);
    let stderr = '';
    child.stderr.on('data', (piece) => {
      stderr += piece;
    });
    // Before a byte is written: what fits into the buffers of a pipe is written without its reader.
    child.stdout.destroy();
    const status = await new Promise((done) => child.once('close', done));
    expect({ status, stderr }).toEqual({
      status: 74,
      stderr: 'error: cannot write standard output: found a pipe that its reader has closed\n',
    });
  });
});

test('the help text lists every exit code', async () => {
  const { stdout = '' } = await run(['--help']);
  for (const [code, meaning] of Object.entries(EXIT_CODES))
    expect(stdout).toMatch(new RegExp(`^ +${code} {2}${meaning}$`, 'm'));
});

test.each(['README.md', 'README.zh-CN.md'])('%s lists every exit code', (page) => {
  const rows = readFileSync(resolve(import.meta.dirname, '../..', page), 'utf8').matchAll(
    /^\| (\d+) \| (.+) \|$/gm,
  );
  const listed = Object.fromEntries([...rows].map(([, code, meaning]) => [code, meaning]));
  expect(Object.keys(listed)).toEqual(Object.keys(EXIT_CODES));
  if (page === 'README.md') expect(listed).toEqual(EXIT_CODES);
});

test('schema world prints the schema that the hint of plan names', async () => {
  const { exitCode, stdout = '' } = await run(['schema', 'world']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ $id: expect.stringContaining('world.schema.json') });
  const folder = folderWith({ 'world.yaml': 'nothing: 1\n' });
  expect((await run(['plan', join(folder, 'world.yaml')])).stderr).toContain('kubebyon-gateway schema world');
  expect((await run(['schema', 'wrld'])).exitCode).toBe(2);
});
