import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDockerfile } from '../../test/support/dockerfile.ts';
import { type BuiltImage, buildImages } from '../../test/support/image.ts';
import { startSite } from './support/site.ts';

const context = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'kubebyon-web-image-'));
// As root, nginx reads files as somebody else.
chmodSync(scratch, 0o755);

let image: BuiltImage;
beforeAll(() => {
  const stages = readDockerfile(readFileSync(join(context, 'web/Dockerfile'), 'utf8'));
  expect(stages.map(({ name }) => name)).toEqual(['deps', 'builder', 'runner']);
  image = buildImages(stages, {
    context,
    scratch,
    ofBaseImages: {},
    environment: { ...process.env, npm_config_prefer_offline: 'true' },
  }).last;
}, 300_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const filesOf = () => join(image.root, 'usr/share/kubebyon-web');

describe('the steps of web/Dockerfile, without a container engine,', () => {
  test('make the site that a build in the folder makes, for a user without rights', () => {
    expect(image.user).toBe('65532:65532');
    expect(image.packages).toEqual(['nginx-light', 'libnginx-mod-http-brotli-static']);
    const names = (folder: string) => readdirSync(folder, { recursive: true }).map(String).toSorted();
    expect(names(filesOf())).toEqual(names(join(context, 'web/dist')));
  });

  test('make a site whose address of the API comes from the environment', async () => {
    const environment = { NEXT_PUBLIC_KUBEBYON_API_BASE_URL: 'https://api.example.com/' };
    const site = await startSite({ files: filesOf(), environment });
    expect(await (await fetch(`${site.address}/healthz`)).text()).toBe('ok\n');
    expect(await (await fetch(`${site.address}/config.json`)).json()).toEqual({
      apiBaseURL: 'https://api.example.com',
    });
    const page = await (await fetch(`${site.address}/`)).text();
    expect(page).toContain('<script type="module"');
    expect(page).not.toContain('api.example.com');
    const problem = await fetch(`${site.address}/problems/UnknownKey`, { redirect: 'manual' });
    expect(problem.headers.get('location')).toBe('/docs/problems.html#UnknownKey');
    expect((await fetch(`${site.address}/nothing-here`)).status).toBe(404);
    await site.stop();
  });

  test.each(['ftp://a', 'https://a"b', 'javascript:alert(1)', 'https://a\nb'])(
    'end at once, with a line, for the address %j',
    (address) => {
      const { status, stderr } = spawnSync('/bin/sh', [join(context, 'web/nginx/start.sh')], {
        env: { PATH: process.env.PATH, KUBEBYON_API_BASE_URL: address, KUBEBYON_WEB_RUN: scratch },
        encoding: 'utf8',
      });
      expect(status).toBe(1);
      expect(stderr).toContain(
        'kubebyon-web: KUBEBYON_API_BASE_URL: expected an http:// or https:// address',
      );
    },
  );
});
