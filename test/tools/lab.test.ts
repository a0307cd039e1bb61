import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { clusterAt, publicAddress } from '../../tools/lab/addresses.ts';
import { EVERYTHING, merge } from '../../tools/lab/chart.ts';
import { rewriteFor } from '../../tools/lab/kubelet/volumes.ts';
import { wordsOf } from '../traffic/expected.ts';

const ENTRY = join(import.meta.dirname, '../../tools/lab.ts');

let output: string;
beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), 'kubebyon-lab-test-'));
});
afterEach(() => rmSync(output, { recursive: true, force: true }));

function lab(...words: readonly string[]): { readonly code: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...words], {
    env: { PATH: process.env.PATH, KUBEBYON_TOOLS: output },
    encoding: 'utf8',
  });
  return { code: status, text: stdout + stderr };
}

/** A process that belongs to a lab, as its environment says. */
async function processOf(id: string): Promise<ChildProcess> {
  const child = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, KUBEBYON_LAB: id } });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.once('spawn', resolve));
  return child;
}

describe('npm run lab', () => {
  test('up says which tools are missing and how to get them', () => {
    const { code, text } = lab('up');
    expect(code).toBe(2);
    expect(text).toMatch(/^lab: missing: etcd, .*; run `node tools\/build.ts etcd /);
  });

  test('without a word, or with another one, it says what there is', () => {
    for (const words of [[], ['upp'], ['up', 'down']]) {
      const { code, text } = lab(...words);
      expect(code).toBe(2);
      expect(text).toContain(`expected one of up, down, status, open, found '${words.join(' ')}'`);
    }
    expect(lab('up', '--clusters', '91').text).toContain(
      "--clusters: expected a number from 0 to 90, found '91'",
    );
  });

  test('status, open and down say that no lab is up', () => {
    expect(lab('status')).toEqual({ code: 2, text: 'lab: no lab is up: run `npm run lab -- up` first\n' });
    expect(lab('open').code).toBe(2);
    expect(lab('down')).toEqual({ code: 0, text: 'lab: none is running\n' });
  });

  test('up refuses to start beside a running lab; down ends that, whatever is left of it, and nothing else', async () => {
    writeFileSync(join(output, 'lab.json'), JSON.stringify({ id: 'one', pid: 1 }));
    const [own, other] = [await processOf('one'), await processOf('two')];
    expect(lab('up')).toEqual({
      code: 2,
      text: 'lab: a lab runs already (process 1): run `npm run lab -- down` first\n',
    });
    const ended = new Promise((resolve) => own.once('exit', (_, signal) => resolve(signal)));
    expect(lab('down')).toEqual({ code: 0, text: 'lab: down\n' });
    expect(await ended).toBe('SIGKILL');
    expect(other.exitCode).toBe(null);
    expect(readdirSync(output)).toEqual([]);
  });
});

describe('the lane of traffic', () => {
  const lane = (path: string) => {
    const file = join(import.meta.dirname, '../../tools/traffic.ts');
    const env = { PATH: path, KUBEBYON_TOOLS: output };
    const { status, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' });
    return { code: status, stderr, made: readdirSync(output) };
  };

  test('says which programs of the system are missing, before it makes anything', () => {
    expect(lane('/nowhere')).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^traffic: not run on this machine: .*missing: install iproute2 and util-linux\n$/,
      ),
      made: [],
    });
  });

  test('is no failure on a machine that allows no network of its own, and says what that takes', () => {
    const refusing = mkdtempSync(join(tmpdir(), 'kubebyon-refusing-'));
    onTestFinished(() => rmSync(refusing, { recursive: true, force: true }));
    for (const name of ['ip', 'unshare', 'nsenter', 'setpriv'])
      writeFileSync(join(refusing, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(lane(refusing)).toEqual({
      code: 0,
      stderr:
        'traffic: not run on this machine: network namespaces need root: run as root, or in a container with NET_ADMIN and SYS_ADMIN\n',
      made: [],
    });
  });
});

test('addresses of the tenants’ network tell the cluster, and entries have fixed addresses', () => {
  expect(['192.168.7.11', '10.7.2.5', '::ffff:10.12.1.5', '203.0.113.9'].map(clusterAt)).toEqual([
    ...['c-7', 'c-7', 'c-12', undefined],
  ]);
  expect(publicAddress('a-workload-gateway', 3)).toBe('203.0.113.12');
  expect(publicAddress('another', 3)).toBe('203.0.113.53');
});

test('values are merged section by section, and those that are merged stay as they were', () => {
  const before = structuredClone(EVERYTHING);
  expect(merge({ a: { b: 1, c: 2 }, d: 3 }, { a: { c: 4 }, e: ['f'] })).toEqual({
    ...{ a: { b: 1, c: 4 }, d: 3, e: ['f'] },
  });
  merge(EVERYTHING, { gatewayAPI: { platform: { enabled: false } } });
  expect(EVERYTHING).toEqual(before);
});

test('paths of mounts and names of hosts are those of this machine, the longest path first', () => {
  const volumeMounts = [
    { name: 'a', mountPath: '/etc' },
    { name: 'b', mountPath: '/etc/certs' },
  ];
  const rewrite = rewriteFor([{ name: 'c', volumeMounts }], '/f', { 'x.svc': '10.0.0.1' });
  expect(rewrite('/etc/certs/tls.crt /etc/x x.svc:1 x.svc.:2')).toBe(
    '/f/b/tls.crt /f/a/x 10.0.0.1:1 10.0.0.1:2',
  );
  expect(rewrite('/etc/certs')).toBe('/f/b');
});

describe('the words for what came of a request', () => {
  const asked = { scheme: 'https', address: '203.0.113.12', host: 'a.test' } as const;
  const answer = { who: 'c-1', address: '10.1.1.5', port: 80, host: 'b.test', path: '/' };

  test('say who answered and which host that saw, where a redirect leads, or that nobody answered', () => {
    expect(wordsOf(asked, { status: 200, answer, names: ['a.test'] })).toBe('200 c-1 as b.test');
    expect(wordsOf(asked, { status: 302, location: 'https://a.test/' })).toBe('302 to https://a.test/');
    expect(wordsOf(asked, { status: 0, error: 'reset' })).toBe('none');
  });

  test('say when the certificate is for other names; a wildcard is for one label', () => {
    const shown = (name: string) => wordsOf(asked, { status: 404, names: [name] });
    expect(shown('*.test')).toBe('404');
    expect(shown('b.test')).toBe('404, with a certificate for b.test');
    const deep = { ...asked, host: 'a.b.test' };
    expect(wordsOf(deep, { status: 404, names: ['*.test'] })).toBe('404, with a certificate for *.test');
  });
});
