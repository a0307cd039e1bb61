import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../../src/cli/command-names.ts';
import { formatRuntimeEnvironment } from '../../../src/planner/index.ts';
import { readDockerfile } from '../../support/dockerfile.ts';
import { type BuiltImage, buildImages } from '../../support/image.ts';

const context = join(import.meta.dirname, '../../..');
const ENTRY = formatRuntimeEnvironment({
  provider: 'gatewayapi',
  controlPlane: {
    gateway: { namespace: 'kubebyon-system', name: 'control-plane' },
    listenerName: 'control-plane',
    syncIntervalSeconds: 10,
  },
});
const scratch = mkdtempSync(join(tmpdir(), 'kubebyon-image-'));

let image: BuiltImage;
let agent: BuiltImage;
beforeAll(() => {
  const { last, named } = buildImages(readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8')), {
    context,
    scratch,
    ofBaseImages: { '/usr/local/bin/node': process.execPath },
    environment: { ...process.env, npm_config_prefer_offline: 'true' },
  });
  image = last;
  agent = named.get('route-agent') ?? last;
}, 300_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the entrypoint of the image with nothing but what is in it. */
function run(words: readonly string[], input?: string, from = image) {
  const { root, workdir, entrypoint, environment } = from;
  const [program = '', ...args] = entrypoint;
  const inImage = (path: string) => (posix.isAbsolute(path) ? join(root, path) : path);
  return spawnSync(join(root, 'usr/local/bin', program), [...args.map(inImage), ...words], {
    cwd: join(root, workdir),
    env: { ...environment, ...ENTRY, XDG_CACHE_HOME: join(scratch, 'cache') },
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
}

/** The kubeconfig of an API server that is not there. */
function unreachable(): string {
  const file = join(scratch, 'kubeconfig.yaml');
  const cluster = { name: 'a', cluster: { server: 'https://127.0.0.1:1' } };
  const user = { name: 'a', user: { token: 'a' } };
  const contexts = [{ name: 'a', context: { cluster: 'a', user: 'a' } }];
  const config = { apiVersion: 'v1', kind: 'Config', clusters: [cluster], users: [user], contexts };
  writeFileSync(file, JSON.stringify({ ...config, 'current-context': 'a' }));
  return file;
}

describe('the steps of the Dockerfile, without a container engine,', () => {
  test('make an image that says its version and renders as the command does', () => {
    const { version } = JSON.parse(readFileSync(join(context, 'package.json'), 'utf8'));
    expect(run(['--version']).stdout).toContain(version);
    const { status, stdout, stderr } = run(
      ['render', 'kubebyon', '-f', '-'],
      '{publicAccess: {provider: gatewayapi}, edgeController: {enabled: true}}\n',
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('name: kubebyon-kubebyon-edge-controller');
  });

  test.each(commands)('make an image whose command %s has all that it needs', (command) => {
    const { status, stderr } = run([command, '--help']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test('make an image whose controller starts, and says which API server it cannot reach', () => {
    const { status, stderr } = run([
      ...['sync', '--once', '--timeout=2s', '--inventory=edgecluster', '--log-format=json'],
      ...['--kubeconfig', unreachable(), '--lease-namespace=kubebyon-system'],
    ]);
    expect(stderr).not.toMatch(/Cannot find|ERR_MODULE|internal error/);
    expect(stderr).toContain('127.0.0.1');
    expect(status).toBe(1);
  });

  test('make an image of the agent that has iproute2, whose commands are there, and that begins as an agent', () => {
    expect(agent).not.toBe(image);
    expect(agent.packages).toEqual(['iproute2=6.1.*']);
    expect(image.packages).toEqual([]);
    const { status, stderr } = run([...agent.command, `--kubeconfig=${unreachable()}`], undefined, agent);
    expect(stderr).toContain('NODE_NAME');
    expect(status).toBe(1);
    for (const command of ['route-agent', 'route-cleanup']) {
      expect(run([command, '--help'], undefined, agent).status).toBe(0);
    }
  });

  test('leave nothing in it that builds, and all notices', () => {
    const app = readdirSync(join(image.root, image.workdir));
    expect(app.toSorted()).toEqual([
      'LICENSE',
      'NOTICE',
      'THIRD-PARTY.md',
      'dist',
      'node_modules',
      'package.json',
    ]);
    const { dependencies } = JSON.parse(readFileSync(join(context, 'package.json'), 'utf8'));
    const packages = readdirSync(join(image.root, image.workdir, 'node_modules'));
    expect(packages).toEqual(
      expect.arrayContaining(Object.keys(dependencies).filter((name) => !name.includes('/'))),
    );
    expect(packages).not.toContain('typescript');
    expect(readdirSync(join(image.root, 'usr/local/bin'))).toEqual(['node']);
    expect(existsSync(join(image.root, 'usr/local/lib'))).toBe(false);
  });
});
