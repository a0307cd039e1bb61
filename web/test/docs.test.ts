import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FINDING_KINDS } from '../../src/planner/index.ts';
import { startBrowser, violations, visit } from './support/browser.ts';
import { type Site, startSite } from './support/site.ts';

const dist = join(import.meta.dirname, '../dist');
let site: Site;
let browser: Browser;
beforeAll(async () => {
  site = await startSite();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const idsOf = (file: string) =>
  new Set([...readFileSync(join(dist, 'docs', file), 'utf8').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

describe('the documentation', () => {
  test('has an address for every value, every problem and every finding', () => {
    const schema = JSON.parse(
      readFileSync(join(dist, '../../charts/kubebyon-multi-node/values.schema.json'), 'utf8'),
    );
    const values = idsOf('values.html');
    for (const key of Object.keys(schema.properties.gatewayAPI.properties.workload.properties)) {
      const path = `gatewayAPI.workload.${key}`;
      expect(
        [...values].some((id) => id === path || id?.startsWith(`${path}.`)),
        path,
      ).toBe(true);
    }
    const codes = readFileSync(join(dist, '../../docs/problems.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm);
    const problems = idsOf('problems.html');
    for (const [, code] of codes) expect(problems, code).toContain(code);
    const findings = idsOf('runtime.html');
    for (const code of Object.keys(FINDING_KINDS)) expect(findings, code).toContain(code);
  });

  test('finds a key, and words in Chinese', async () => {
    const { page, close } = await visit(browser, `${site.address}/docs/index.html`);
    const search = page.getByRole('combobox');
    await search.fill('certManager issuerRef');
    await page
      .getByRole('option')
      .filter({ hasText: 'gatewayAPI.workload.certManager.issuerRef' })
      .first()
      .waitFor();
    await search.fill('退出码');
    await page.getByRole('option').filter({ hasText: '退出码' }).first().waitFor();
    await search.fill('addressMode');
    await page.getByRole('option').first().filter({ hasText: 'gatewayAPI.addressMode' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/values.html#gatewayAPI.addressMode');
    await close();
  });

  test('is there in both languages', async () => {
    const { page, close } = await visit(browser, `${site.address}/docs/zh-CN.html`);
    await page.getByRole('link', { name: '演练场' }).waitFor();
    await page.getByRole('heading', { name: '快速开始' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await close();
  });

  test.each(['light', 'dark'] as const)('has nothing that axe minds, %s', async (colorScheme) => {
    for (const file of ['index.html', 'problems.html', 'helm-versions.html']) {
      const { page, close } = await visit(browser, `${site.address}/docs/${file}`, { colorScheme });
      await page.getByRole('combobox').waitFor();
      expect(await violations(page), file).toEqual([]);
      await close();
    }
  });
});

describe('what a browser loads', () => {
  const sizeOf = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;
  const assets = readdirSync(join(dist, 'assets')).filter((name) => /\.(js|css|json)$/.test(name));
  const fileOf = (prefix: string) => {
    const name = assets.find((one) => one.startsWith(prefix));
    if (name === undefined) throw new Error(`no asset ${prefix}`);
    return join(dist, 'assets', name);
  };
  const chunks = assets.filter((name) => name.startsWith('chunk-')).map((name) => join(dist, 'assets', name));
  const editor = chunks.toSorted((a, b) => statSync(b).size - statSync(a).size)[0] ?? '';

  test('is at most 250 kB compressed before the editor, and 600 kB with it', () => {
    const first = [
      join(dist, 'index.html'),
      ...['styles-', 'playground-', 'values-worker-', 'examples-'].map(fileOf),
      ...chunks.filter((chunk) => chunk !== editor),
    ];
    const bytes = first.map(sizeOf).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(250_000);
    expect(bytes + sizeOf(editor)).toBeLessThanOrEqual(600_000);
  });

  test('comes compressed, with headers that keep scripts of others out', async () => {
    const page = await fetch(`${site.address}/`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
    expect(await page.text()).not.toMatch(/<script(?![^>]* src=)/);
    const script = fileOf('playground-').slice(dist.length);
    for (const encoding of ['br', 'gzip']) {
      const answer = await fetch(`${site.address}${script}`, { headers: { 'accept-encoding': encoding } });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});
