import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { worldDocument } from '../../test/support/world-cases.ts';
import { startBrowser, violations, visit } from './support/browser.ts';
import { type Site, startSite } from './support/site.ts';

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

const open = (options = {}) => visit(browser, `${site.address}/worlds.html`, options);

/** Gives files to the page, as if they had been chosen. */
async function give(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.locator('.drop-zone').waitFor();
  await page.locator('input[type="file"]').setInputFiles(
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: 'text/yaml',
      buffer: Buffer.from(text),
    })),
  );
}

const yamlOf = (name: string) => stringify(worldDocument(name), { aliasDuplicateObjects: false });

describe('the viewer of worlds', () => {
  test('shows the chain of a hostname from DNS to Pod, and what would be written and why', async () => {
    const { page, close } = await open();
    await give(page, { 'world.yaml': yamlOf('https-opens') });
    const chain = page.getByRole('list', { name: 'From DNS to Pod' }).nth(1);
    await chain.waitFor();
    expect(await chain.locator('li > span:first-child').allInnerTexts()).toEqual([
      'DNS',
      'HTTP route',
      'HTTPS',
      'Endpoints',
      'Pods',
    ]);
    const action = page.locator('.action').first();
    await action.locator('summary').click();
    await action.getByText('apiVersion:').waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test('shows a finding with its cause and its remedy, and the address of its code', async () => {
    const { page, close } = await open({ colorScheme: 'dark' });
    await page.getByRole('button', { name: /^two tenants claim/ }).click();
    const finding = page.locator('.finding').filter({ hasText: 'AlreadyClaimed' });
    await finding.getByText('Release it there').waitFor();
    expect(await finding.getByRole('link').getAttribute('href')).toBe('docs/runtime.html#AlreadyClaimed');
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test('goes through several worlds by time', async () => {
    const later = worldDocument('https-opens');
    const { page, close } = await open();
    await give(page, {
      'b.json': JSON.stringify({ ...later, now: '2027-01-02T00:00:00Z' }),
      'a.json': JSON.stringify({ ...worldDocument('https-opens'), now: '2027-01-01T00:00:00Z' }),
    });
    await page.getByRole('status').filter({ hasText: '2027-01-01' }).waitFor();
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('status').filter({ hasText: '2027-01-02' }).waitFor();
    await page.locator('.world-bar').getByText('2 of 2').waitFor();
    await close();
  });

  test('takes a file that is dropped', async () => {
    const { page, close } = await open();
    await page.locator('.drop-zone').waitFor();
    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.yaml'));
      return data;
    }, yamlOf('all-settled'));
    await page.locator('.drop-zone').dispatchEvent('drop', { dataTransfer: transfer });
    await page.locator('.world-bar').filter({ hasText: 'dropped.yaml' }).waitFor();
    await close();
  });

  test('shows hostile names as text, and never runs them', async () => {
    const evil = `<img src=x onerror="window.ran=1"><script>window.ran=1</script>`;
    const text = JSON.stringify(worldDocument('https-opens')).replaceAll('"c-1"', JSON.stringify(evil));
    const { page, close } = await open();
    await give(page, { [`${evil}.json`.replaceAll('/', '_')]: text });
    await page.locator('.objects .name, .refused').filter({ hasText: '<img src=x' }).first().waitFor();
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    await close();
  });

  test('says where a file is no World', async () => {
    const { page, close } = await open();
    await give(page, { 'bad.yaml': 'apiVersion: kubebyon.app/v1alpha1\nkind: World\nnow: yesterday\n' });
    const refusal = page.getByRole('alert');
    await refusal.filter({ hasText: 'now' }).waitFor();
    expect(await refusal.innerText()).toContain('line 3');
    await close();
  });
});
