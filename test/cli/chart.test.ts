import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';

describe('the command chart', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chart-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('writes a chart with the versions asked for', async () => {
    const out = join(folder, 'new', 'chart');
    const words = [
      'chart',
      '--chart',
      'multi-node',
      '--out',
      out,
      '--version',
      '1.2.3',
      '--app-version',
      '4.5',
    ];
    expect((await run(words)).exitCode).toBe(0);
    const chartYaml = readFileSync(join(out, 'Chart.yaml'), 'utf8');
    expect(chartYaml).toContain('name: kubebyon-multi-node\n');
    expect(chartYaml).toMatch(/^version: "?1\.2\.3"?$/m);
    expect(chartYaml).toContain('appVersion: "4.5"\n');
    expect(statSync(out).mode & 0o055).toBe(0o055);
  });

  test('replaces a chart that it has written, also files that are no more', async () => {
    const out = join(folder, 'chart');
    await run(['chart', '--out', out]);
    writeFileSync(join(out, 'templates', 'old.yaml'), 'old');
    expect((await run(['chart', '--out', out])).exitCode).toBe(0);
    expect(readdirSync(join(out, 'templates'))).not.toContain('old.yaml');
  });

  test('never touches a folder that holds something else, and leaves nothing beside it', async () => {
    const out = join(folder, 'mine');
    mkdirSync(out);
    writeFileSync(join(out, 'Chart.yaml'), 'name: mine\n');
    const outcome = await run(['chart', '--out', out]);
    expect(outcome.exitCode).toBe(74);
    expect(outcome.stderr).toContain('holds something that this command has not written');
    expect(readdirSync(folder)).toEqual(['mine']);
    expect(readFileSync(join(out, 'Chart.yaml'), 'utf8')).toBe('name: mine\n');
  });

  test.each([
    [['chart'], 'chart needs --output-dir DIR'],
    [['chart', '--out', 'x', '--output-dir', 'y'], '--out and --output-dir name one folder'],
    [['chart', '--out', 'x', '--version', '1'], '--version: expected a semantic version'],
    [['chart', '--out', 'x', '--app-version', 'a b'], '--app-version: expected a version'],
  ])('%j is wrong usage', async (words, message) => {
    const outcome = await run(words);
    expect(outcome).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(['x', 'y'].filter((folder) => existsSync(folder))).toEqual([]);
  });
});
