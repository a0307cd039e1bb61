/** Writes `web/screenshots`: eight states that a person can look at. `npm run screenshots` after `npm run build`. */
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser, visit } from './support/browser.ts';
import { openObject, paste, untilReady, yamlLine } from './support/playground.ts';
import { startSite } from './support/site.ts';

const folder = join(import.meta.dirname, '../screenshots');
const LIGHT: BrowserContextOptions = { colorScheme: 'light' };
const DARK: BrowserContextOptions = { colorScheme: 'dark' };
const PHONE: BrowserContextOptions = { colorScheme: 'light', viewport: { width: 390, height: 844 } };

interface State {
  readonly name: string;
  readonly path: string;
  readonly options: BrowserContextOptions;
  readonly reach: (page: Page) => Promise<void>;
}

const explained = async (page: Page): Promise<void> => {
  await untilReady(page);
  await openObject(page, 'Gateway kubebyon-system/kubebyon-kubebyon-workload-gateway');
  await yamlLine(page, 'gatewayClassName: eg-workload').click();
  await page.locator('.cm-deciding').first().waitFor();
};

const opened =
  (story: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: story }).click();
    await page.locator('.cluster').waitFor();
  };

const tab =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await untilReady(page);
    await page.getByRole('tab', { name }).click();
    await page.locator('.entries, .sheet table').first().waitFor();
  };

const STATES: readonly State[] = [
  { name: '1-why-light', path: '', options: LIGHT, reach: explained },
  { name: '2-entries-dark', path: '', options: DARK, reach: tab('Entries') },
  {
    name: '3-problems-light',
    path: '',
    options: LIGHT,
    reach: async (page) => {
      await untilReady(page);
      await paste(
        page,
        'publicAccess:\n  provider: gatewayapi\ngatewayAPI:\n  platfrom:\n    enabled: true\n  syncIntervalSeconds: 0\n',
      );
      await page.locator('.problems li').nth(1).waitFor();
    },
  },
  { name: '4-classes-and-dns-dark', path: '', options: DARK, reach: tab('Classes and DNS') },
  {
    name: '5-chinese-phone',
    path: '',
    options: { ...PHONE, locale: 'zh-CN' },
    reach: untilReady,
  },
  { name: '6-world-light', path: 'worlds.html', options: LIGHT, reach: opened(/^https opens/) },
  { name: '7-world-finding-dark', path: 'worlds.html', options: DARK, reach: opened(/^two tenants claim/) },
  {
    name: '8-docs-light',
    path: 'docs/values.html#gatewayapi',
    options: LIGHT,
    reach: (page) => page.getByRole('combobox').waitFor(),
  },
];

const site = await startSite();
const browser = await startBrowser();
for (const { name, path, options, reach } of STATES) {
  const { page, close } = await visit(browser, `${site.address}/${path}`, options);
  await reach(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await close();
}
await browser.close();
await site.stop();
