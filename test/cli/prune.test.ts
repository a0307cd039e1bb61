import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, normalize, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { LIST_NAME, parseWritten } from '../../src/cli/written-files.ts';
import { folderWith } from './support.ts';

const TEMPLATES = 'kubebyon-single-node/templates';
const GATEWAY = `${TEMPLATES}/control-plane-gateway.yaml`;

/** Writes a release with or without Gateways. */
function write(folder: string, provider: 'gatewayapi' | 'haproxy', ...more: readonly string[]) {
  return run(['render', 'r', '--set', `publicAccess.provider=${provider}`, '--output-dir', folder, ...more]);
}

/** A folder in which Gateways were written that are not rendered any more. */
async function folderWithGateways(): Promise<string> {
  const folder = folderWith();
  await write(folder, 'gatewayapi');
  return folder;
}

function listOf(folder: string): readonly string[] {
  const lines = readFileSync(join(folder, LIST_NAME), 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.slice(66));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('--prune', () => {
  test('removes what was written before and is not rendered any more, and says so', async () => {
    const folder = await folderWithGateways();
    const { exitCode, stdout, stderr } = await write(folder, 'haproxy', '--prune');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`removed ${folder}/${GATEWAY}\n`);
    expect(existsSync(join(folder, GATEWAY))).toBe(false);
    expect(listOf(folder)).toEqual(
      readdirSync(join(folder, TEMPLATES))
        .sort()
        .map((file) => `${TEMPLATES}/${file}`),
    );
    expect((await run(['render', 'r', '--check', folder])).exitCode).toBe(0);
  });

  test('removes later what a run without it has left', async () => {
    const folder = await folderWithGateways();
    const left = await write(folder, 'haproxy');
    expect(left.stderr).toContain(`${folder}/${GATEWAY}: not rendered, but there; it stays\n`);
    expect(existsSync(join(folder, GATEWAY))).toBe(true);
    await write(folder, 'haproxy', '--prune');
    expect(existsSync(join(folder, GATEWAY))).toBe(false);
  });

  test('leaves and names what somebody has changed, until it is as it was', async () => {
    const folder = await folderWithGateways();
    const file = join(folder, GATEWAY);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}# mine\n`);
    const { exitCode, stderr } = await write(folder, 'haproxy', '--prune');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `${file}: not rendered, but changed since it was written; it stays\n`,
    });
    writeFileSync(file, text);
    await write(folder, 'haproxy', '--prune');
    expect(existsSync(file)).toBe(false);
  });

  test('leaves and names what others have written', async () => {
    const folder = await folderWithGateways();
    const mine = join(folder, TEMPLATES, 'mine.yaml');
    writeFileSync(mine, readFileSync(join(folder, GATEWAY)));
    const { stderr } = await write(folder, 'haproxy', '--prune');
    expect(stderr).toBe(`${mine}: not rendered, and not written by this command; it stays\n`);
    expect(existsSync(mine)).toBe(true);
  });

  test('leaves the other chart of the folder, which keeps its place in the list', async () => {
    const folder = await folderWithGateways();
    await run(['render', 'r', '--chart', 'multi-node', '--output-dir', folder, '--prune']);
    expect(existsSync(join(folder, GATEWAY))).toBe(true);
    expect(listOf(folder)).toContain(GATEWAY);
    expect(listOf(folder)).toContain('kubebyon-multi-node/templates/api-service.yaml');
  });

  test('needs a folder and all objects', async () => {
    const folder = await folderWithGateways();
    expect(await run(['render', 'r', '--prune'])).toMatchObject({ exitCode: 2 });
    expect(await write(folder, 'haproxy', '--only', 'Service', '--prune')).toMatchObject({ exitCode: 2 });
    expect(existsSync(join(folder, GATEWAY))).toBe(true);
  });

  test('is not lost when only some objects are written', async () => {
    const folder = await folderWithGateways();
    await write(folder, 'haproxy', '--only', 'Service');
    await write(folder, 'haproxy', '--prune');
    expect(existsSync(join(folder, GATEWAY))).toBe(false);
  });
});

describe('the list of what was written', () => {
  test('is checked by sha256sum, and taken for a manifest by nobody', async () => {
    const folder = await folderWithGateways();
    const { status } = spawnSync('sha256sum', ['--check', '--strict', LIST_NAME], { cwd: folder });
    expect(status).toBe(0);
    // kubectl apply -R, Argo CD and Flux read these, hidden files included.
    expect(LIST_NAME).not.toMatch(/\.(?:json|ya?ml)$/);
  });

  const digest = '0'.repeat(64);

  test.each([
    ['a path upwards', `${digest}  ../victim.yaml`],
    ['a path upwards from a chart', `${digest}  ${TEMPLATES}/../../../victim.yaml`],
    ['an absolute path', `${digest}  /victim.yaml`],
    ['a path of Windows', `${digest}  ${TEMPLATES}\\..\\..\\victim.yaml`],
    ['a drive', `${digest}  C:/victim.yaml`],
    ['a hidden file', `${digest}  .git/config`],
    ['a byte that ends paths elsewhere', `${digest}  ${TEMPLATES}/a.yaml\0`],
    ['no hash', `${TEMPLATES}/a.yaml`],
    ['a hash of another kind', `${'0'.repeat(40)}  ${TEMPLATES}/a.yaml`],
    ['one file twice', `${digest}  ${TEMPLATES}/a.yaml\n${digest}  ${TEMPLATES}/a.yaml`],
    ['marks of a merge', `<<<<<<< HEAD\n${digest}  ${TEMPLATES}/a.yaml`],
  ])('with %s is refused before anything is written or removed', async (_, lines) => {
    const outside = folderWith({ 'victim.yaml': '' });
    const folder = join(outside, 'out');
    mkdirSync(folder);
    const list = `${lines.replaceAll(digest, sha256(''))}\n`;
    writeFileSync(join(folder, LIST_NAME), list);
    for (const more of [[], ['--prune']]) {
      const { exitCode, stdout = '', stderr } = await write(folder, 'haproxy', ...more);
      expect({ exitCode, stdout }).toEqual({ exitCode: 66, stdout: '' });
      expect(stderr).toContain(`error: ${folder}/${LIST_NAME}:`);
      expect(readdirSync(folder)).toEqual([LIST_NAME]);
      expect(readFileSync(join(folder, LIST_NAME), 'utf8')).toBe(list);
    }
    expect(existsSync(join(outside, 'victim.yaml'))).toBe(true);
  });

  test('names no file outside of the folder, whatever it holds', () => {
    const segment = fc.constantFrom('..', '.', '', 'a', 'kubebyon', 'a.yaml', '.yaml', '-', '~', 'C:', '\\');
    const path = fc.array(segment, { minLength: 1 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.oneof(path, fc.string({ unit: 'binary' })), (name) => {
        const read = parseWritten(`${digest}  ${name}\n`);
        if (!read.ok) return;
        for (const file of read.files.keys()) {
          expect(normalize(file)).toBe(file);
          expect(file.split(sep)[0]).toMatch(/^[a-z0-9-]+$/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a symbolic link', (list: string, victim: string) => symlinkSync(victim, list), 'a symbolic link'],
    ['a folder', (list: string) => mkdirSync(list), 'a directory'],
  ])('that is %s is refused', async (_, make, found) => {
    const outside = folderWith({ victim: '' });
    const folder = join(outside, 'out');
    mkdirSync(folder);
    make(join(folder, LIST_NAME), join(outside, 'victim'));
    const { exitCode, stderr } = await write(folder, 'haproxy', '--prune');
    expect(exitCode).toBe(66);
    expect(stderr).toContain(`found ${found}\n`);
    expect(readFileSync(join(outside, 'victim'), 'utf8')).toBe('');
  });
});

describe('through symbolic links nothing is removed', () => {
  test.each(['kubebyon-single-node', TEMPLATES, GATEWAY])('%s', async (linked) => {
    const folder = await folderWithGateways();
    const elsewhere = join(folderWith(), 'elsewhere');
    renameSync(join(folder, linked), elsewhere);
    symlinkSync(elsewhere, join(folder, linked));
    const victim = join(elsewhere, GATEWAY.slice(linked.length));
    const { exitCode, stderr } = await write(folder, 'haproxy', '--prune');
    expect(existsSync(victim)).toBe(true);
    expect(existsSync(join(folder, GATEWAY))).toBe(true);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/not rendered, but behind a symbolic link; it stays\n/);
  });

  test('but a folder that is itself named by one is as good as any', async () => {
    const folder = await folderWithGateways();
    const link = join(folderWith(), 'link');
    symlinkSync(folder, link);
    await write(link, 'haproxy', '--prune');
    expect(existsSync(join(folder, GATEWAY))).toBe(false);
  });
});

test('a run that could not write all still lists what it has written', async () => {
  const folder = folderWith();
  mkdirSync(join(folder, TEMPLATES, 'api-service.yaml'), { recursive: true });
  expect((await write(folder, 'gatewayapi')).exitCode).toBe(74);
  const listed = listOf(folder);
  expect(listed.length).toBeGreaterThan(0);
  rmSync(join(folder, TEMPLATES, 'api-service.yaml'), { recursive: true });
  for (const file of listed) expect(existsSync(join(folder, file))).toBe(true);
});
