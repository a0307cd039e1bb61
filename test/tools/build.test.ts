import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const entry = fileURLToPath(new URL('../../tools/build.ts', import.meta.url));

let folder: string;
let output: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubebyon-build-'));
  output = join(folder, 'tools');
  mkdirSync(join(folder, 'path'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A `go` of a new enough release whose build runs the given shell lines, with the file to write in $target. */
function writeGo(build: string): void {
  const script = `#!/bin/sh
[ "$1" = env ] && { echo go1.99.0; exit 0; }
while [ "$1" != -o ]; do shift; done
target=$2
${build}
`;
  writeFileSync(join(folder, 'path', 'go'), script);
  chmodSync(join(folder, 'path', 'go'), 0o755);
}

function startBuild(...names: readonly string[]): {
  child: ChildProcess;
  result: Promise<{ code: number | null; stderr: string }>;
} {
  const env = { PATH: join(folder, 'path'), KUBEBYON_TOOLS: output };
  const child = spawn(process.execPath, [entry, ...names], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  return { child, result: once(child, 'close').then(([code]) => ({ code, stderr })) };
}

function build(...names: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  return startBuild(...names).result;
}

async function partlyWritten(): Promise<void> {
  const making = join(output, 'making');
  await expect
    .poll(
      () =>
        existsSync(making) &&
        readdirSync(making, { recursive: true }).some((name) => name.toString().endsWith('/etcd')),
      { timeout: 10_000 },
    )
    .toBe(true);
}

test('a tool is built once and reused, with progress and a closing line', async () => {
  writeGo('echo program >"$target"');
  const first = await build('etcd');
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(
    /^\[1\/1\] etcd 3\.\d+\.\d+: building … 0 s\n\[1\/1\] etcd \S+: done in \d+ s\ntools: 1 ready\n$/,
  );
  writeGo('exit 1');
  expect(await build('etcd')).toEqual({ code: 0, stderr: 'tools: 1 ready\n' });
});

test('a missing Go is one clear line, unless all is built already', async () => {
  expect(await build('etcd')).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^tools: Go is missing: .*\n$/),
  });
  writeGo('echo program >"$target"');
  await build('etcd');
  rmSync(join(folder, 'path', 'go'));
  expect((await build('etcd')).code).toBe(0);
});

test('an interrupted build leaves nothing and says so', async () => {
  writeGo('echo half >"$target"; exec /bin/sleep 30');
  const { child, result } = startBuild('etcd');
  await partlyWritten();
  child.kill('SIGTERM');
  expect(await result).toEqual({
    code: 130,
    stderr: expect.stringContaining('tools: interrupted; nothing half-made was kept'),
  });
  expect(existsSync(join(output, 'bin', 'etcd'))).toBe(false);
  expect(readdirSync(join(output, 'making'))).toEqual([]);
});

test('a build that was killed is not taken for whole, and the next one sweeps its leftovers', async () => {
  writeGo('echo half >"$target"; exec /bin/sleep 3');
  const { child, result } = startBuild('etcd');
  await partlyWritten();
  child.kill('SIGKILL');
  await result.catch(() => undefined);
  expect(existsSync(join(output, 'bin', 'etcd'))).toBe(false);
  writeGo('echo program >"$target"');
  expect((await build('etcd')).stderr).toContain('etcd 3');
  expect(readdirSync(join(output, 'making'))).toEqual([]);
  expect(existsSync(join(output, 'bin', 'etcd'))).toBe(true);
});

test('a failing build shows what the compiler said and keeps nothing', async () => {
  writeGo('echo half >"$target"; echo "x.go:1: no such thing" >&2; exit 1');
  const { code, stderr } = await build('etcd');
  expect(code).toBe(1);
  expect(stderr).toContain('tools: go build failed (exit code 1):\nx.go:1: no such thing\n');
  expect(stderr).not.toContain('    at ');
  expect(existsSync(join(output, 'bin', 'etcd'))).toBe(false);
});

test('an unknown name is refused with the known ones', async () => {
  const { code, stderr } = await build('helm-2');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^tools: unknown: helm-2\. Known: haproxy, .*\n$/);
});
