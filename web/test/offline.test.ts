import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser, visit } from './support/browser.ts';
import { paste, untilReady } from './support/playground.ts';

const folder = join(import.meta.dirname, '../dist');
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const fileAt = (path: string) => pathToFileURL(join(folder, path)).href;

test('the playground works as one file from a disk, without a network', async () => {
  const { page, close } = await visit(browser, fileAt('offline/kubebyon-playground.html'), { offline: true });
  await untilReady(page);
  await page.locator('.status').filter({ hasText: '33 objects' }).waitFor();
  await paste(page, 'api: {replicas: many}\n');
  await page
    .locator('.problems li')
    .filter({ hasText: 'api.replicas' })
    .or(page.locator('.problems li'))
    .first()
    .waitFor();
  await close();
});

test('the viewer of worlds works as one file from a disk', async () => {
  const { page, close } = await visit(browser, fileAt('offline/kubebyon-worlds.html'), { offline: true });
  await page.getByRole('button', { name: /^https opens/ }).click();
  await page.locator('.chain').first().waitFor();
  await close();
});

test('the docs and their search work from a disk', async () => {
  const { page, close } = await visit(browser, fileAt('docs/values.html'), { offline: true });
  await page.getByRole('combobox').fill('addressMode');
  const first = page.getByRole('listbox').getByRole('option').first();
  await first.filter({ hasText: 'gatewayAPI.addressMode' }).waitFor();
  expect(await first.getByRole('link').getAttribute('href')).toBe('values.html#gatewayAPI.addressMode');
  await close();
});
