import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser, violations, visit } from './support/browser.ts';
import {
  activeLine,
  chooseExample,
  openObject,
  paste,
  untilReady,
  valuesOf,
  yamlLine,
} from './support/playground.ts';
import { type Site, startSite } from './support/site.ts';

const root = join(import.meta.dirname, '../..');
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

const open = (fragment = '', options = {}) => visit(browser, `${site.address}/${fragment}`, options);

describe('the playground', () => {
  test('renders what the command renders, byte for byte', async () => {
    const { page, close } = await open();
    await untilReady(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const command = spawnSync(
      process.execPath,
      [
        ...['src/cli/main.ts', 'render', 'kubebyon', '--chart', 'multi-node', '-n', 'kubebyon-system'],
        ...['-f', 'fixtures/multi-node/complete/values.yaml'],
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(command.status).toBe(0);
    expect(readFileSync(await download.path(), 'utf8')).toBe(command.stdout);
    await close();
  });

  test('shows a problem at its line, and a click mends it', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await paste(
      page,
      'publicAccess:\n  provider: gatewayapi\ngatewayAPI:\n  platfrom:\n    enabled: false\n',
    );
    const problem = page.locator('.problems li').filter({ hasText: 'UnknownKey' });
    await problem.getByRole('button', { name: 'line 4' }).waitFor();
    await page.locator('.cm-lint-marker-error').first().waitFor();
    expect(await problem.getByRole('link').getAttribute('href')).toBe('docs/problems.html#UnknownKey');
    await problem.getByRole('button', { name: 'Rename to platform' }).click();
    await page.locator('.status[data-state="good"], .status[data-state="warning"]').waitFor();
    expect(await page.locator('.cm-content').innerText()).toContain('  platform:');
    await close();
  });

  test('keeps the manifests of the last values without errors, and says so', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await paste(page, 'publicAccess: {provider: nothing}\n');
    await page.locator('.notice').filter({ hasText: 'last values without' }).waitFor();
    expect(await page.locator('.yaml .line').count()).toBeGreaterThan(5);
    await close();
  });

  test('offers the keys and the words of the schema', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await paste(page, 'gatewayAPI:\n');
    await page.keyboard.type('  addr');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('addressMode').click();
    await page.keyboard.type('si');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('single').click();
    await page.locator('.cm-content').filter({ hasText: 'addressMode: single' }).waitFor();
    await close();
  });

  test('says what a key means where the mouse rests', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.locator('.cm-line').filter({ hasText: 'addressMode' }).getByText('addressMode').hover();
    await page.locator('.cm-about').filter({ hasText: 'Whether all entries share one class' }).waitFor();
    await close();
  });

  test('says why a field is what it is, and leads to the line that decides it', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await openObject(page, 'Gateway kubebyon-system/kubebyon-kubebyon-workload-gateway');
    await yamlLine(page, 'gatewayClassName: eg-workload').click();
    const why = page.getByRole('region', { name: 'Why' });
    const won = why
      .locator('li[data-state="won"]')
      .filter({ hasText: 'gatewayAPI.gatewayClassProfiles.workload' })
      .last();
    await won.waitFor();
    await page.locator('.cm-deciding').filter({ hasText: 'workload: eg-workload' }).waitFor();
    await won
      .getByRole('button', { name: /line \d+/ })
      .last()
      .click();
    await activeLine(page).filter({ hasText: 'workload: eg-workload' }).waitFor();
    await close();
  });

  test('says which lines come from the value at the cursor', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.locator('.cm-line').filter({ hasText: 'hostname: kubebyon.example.com' }).click();
    const strip = page.locator('.value-strip');
    await strip.filter({ hasText: 'gatewayAPI.platform.hostname' }).waitFor();
    await strip.getByRole('button', { name: /lines come from it/ }).click();
    await page
      .locator('.line[data-marked="true"]')
      .filter({ hasText: 'kubebyon.example.com' })
      .first()
      .waitFor();
    await close();
  });

  test('draws the entries, TLSRoutes too, and the drawing follows the values', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.getByRole('tab', { name: 'Entries' }).click();
    const platform = page.getByRole('region', { name: 'Platform' });
    await platform.getByText('/api/…').waitFor();
    await page.getByRole('region', { name: 'Control plane' }).getByText('TLSRoute').waitFor();
    await paste(page, 'publicAccess: {provider: gatewayapi}\n');
    await platform.getByText('not enabled').waitFor();
    await paste(page, '{}\n');
    await page.getByRole('region', { name: 'Control plane' }).getByText('haproxy sidecar').waitFor();
    await close();
  });

  // Runbook 4.4.1 and 4.4.2, "resolves to".
  test.each([
    ['4.4.1 address mode single', ['eg', 'eg', 'eg'], ['eg', 'eg', 'eg']],
    ['4.4.2 address mode dual', ['eg', 'eg', 'eg'], ['eg-public', 'eg-public', 'eg-workload']],
  ])('has the classes of the runbook for %s', async (example, single, dual) => {
    const { page, close } = await open();
    await untilReady(page);
    await chooseExample(page, example);
    await page.getByRole('tab', { name: 'Classes and DNS' }).click();
    const mode = example.endsWith('single') ? 'single' : 'dual';
    await page.locator('.classes th[data-current="true"]').filter({ hasText: mode }).waitFor();
    await page
      .locator('.classes')
      .getByText(dual[2] ?? '', { exact: true })
      .first()
      .waitFor();
    const cells = (column: number) =>
      page.locator(`.classes tbody td:nth-of-type(${column})`).allInnerTexts();
    expect(await cells(1)).toEqual(single);
    expect(await cells(2)).toEqual(dual);
    await page
      .getByRole('row')
      .filter({ hasText: 'kubebyon.example.com' })
      .filter({ hasText: 'A, AAAA' })
      .waitFor();
    await close();
  });

  test.each(['single-node', 'multi-node'] as const)(
    'has the examples of the runbook for %s',
    async (chart) => {
      const { page, close } = await open();
      await untilReady(page);
      await page.getByRole('radio', { name: chart }).check();
      const own = chart === 'single-node' ? ['4.3', '4.5'] : ['4.4', '4.6'];
      const last = page.locator('optgroup[label="Runbook"] option').filter({ hasText: `${own[1]} ` });
      await last.waitFor({ state: 'attached' });
      const titles = await page.locator('optgroup[label="Runbook"] option').allInnerTexts();
      const sections = ['4.1', '4.2', '4.4.1', '4.4.2', '4.7', ...own];
      expect(titles.map((title) => title.split(' ')[0]).toSorted()).toEqual(sections.toSorted());
      await close();
    },
  );

  test('gives commands and resources to take along, with these values in them', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.getByRole('tab', { name: 'Install' }).click();
    const textOf = async (title: string) =>
      page
        .locator('.snippet')
        .filter({ has: page.getByRole('heading', { name: title, exact: true }) })
        .locator('code')
        .innerText();
    expect(await textOf('Helm')).toContain('helm upgrade --install kubebyon charts/kubebyon-multi-node');
    const values = valuesOf('multi-node', 'complete');
    const application = load(await textOf('Argo CD'));
    expect(application).toMatchObject({
      kind: 'Application',
      spec: { source: { helm: { releaseName: 'kubebyon' } } },
    });
    const { spec } = application as { spec: { source: { helm: { values: string } } } };
    expect(load(spec.source.helm.values)).toEqual(load(values));
    expect(load(await textOf('Flux'))).toMatchObject({ kind: 'HelmRelease', spec: { values: load(values) } });
    await close();
  });

  test('compares with values that were kept', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByRole('button', { name: 'Compare with the values' }).click();
    await page.getByText('No object differs.').waitFor();
    await paste(page, valuesOf('multi-node', 'complete').replace('replicas: 2', 'replicas: 3'));
    await page.locator('.differences li').filter({ hasText: 'spec.replicas' }).waitFor();
    expect(await page.locator('.differences li').count()).toBe(1);
    await close();
  });

  test('says what a change means, the weightiest first', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByRole('button', { name: 'Compare with the values' }).click();
    const other = valuesOf('multi-node', 'complete').replace('workload: eg-workload', 'workload: eg-other');
    await paste(page, other);
    const first = page.locator('.consequences li').first();
    await first.filter({ hasText: 'eg-other' }).waitFor();
    expect(await first.getAttribute('data-weight')).toBe('outage');
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test('keeps everything in the address behind #, of which no server hears', async () => {
    const first = await open();
    const asked: string[] = [];
    first.page.on('request', (request) => asked.push(request.url()));
    await untilReady(first.page);
    await paste(first.page, 'publicAccess: {provider: gatewayapi} # mine\n');
    await first.page.getByRole('textbox', { name: 'Release', exact: true }).fill('other');
    // The address follows after a pause: until it holds the last edit. The policy of the page forbids waitForFunction.
    const held = () =>
      first.page.evaluate(async () => {
        if (!location.hash.startsWith('#v1=')) return '';
        const packed = atob(location.hash.slice(4).replaceAll('-', '+').replaceAll('_', '/'));
        const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
        return new Response(stream).text();
      });
    await expect.poll(held, { timeout: 60_000 }).toMatch(/# mine.*"other"/);
    const fragment = new URL(first.page.url()).hash;
    await first.close();
    const second = await open(fragment);
    await untilReady(second.page);
    expect(await second.page.getByRole('textbox', { name: 'Release', exact: true }).inputValue()).toBe(
      'other',
    );
    expect(await second.page.locator('.cm-content').innerText()).toContain('# mine');
    expect(asked.filter((url) => url.includes('v1='))).toEqual([]);
    await second.close();
  });

  test('speaks Chinese and has dark colours, and remembers both', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('tab', { name: '清单' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: '切换到深色' }).click();
    await page.reload();
    await page.getByRole('tab', { name: '入口' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await close();
  });

  test('is used with the keyboard alone', async () => {
    const { page, close } = await open();
    await untilReady(page);
    await page.getByRole('tab', { name: 'Manifests' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Entries', selected: true }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.line[aria-selected="true"]').innerText()).toBe('kind: Gateway');
    await page.getByRole('region', { name: 'Why' }).getByText('The chart always writes this.').waitFor();
    await close();
  });

  test.each(['light', 'dark'] as const)('has nothing that axe minds, %s', async (colorScheme) => {
    const { page, close } = await open('', { colorScheme });
    await untilReady(page);
    await yamlLine(page, 'gatewayClassName: eg-public').click();
    await page.getByRole('region', { name: 'Why' }).locator('li').first().waitFor();
    expect(await violations(page)).toEqual([]);
    for (const name of ['Entries', 'Classes and DNS', 'Install', 'Changes']) {
      await page.getByRole('tab', { name }).click();
      expect(await violations(page), name).toEqual([]);
    }
    await paste(page, 'gatewayAPI: {platfrom: 1}\n');
    await page.locator('.problems li').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]`),
  ].join('\n');

  test.each([
    ['a bomb of aliases', bomb, 'TooManyAliases'],
    [
      'a file of more than 1 MiB',
      `api:\n${'  # filling up to a mebibyte and more\n'.repeat(30_000)}`,
      'TooLarge',
    ],
    [
      'fifty thousand mistakes',
      Array.from({ length: 50_000 }, (_, n) => `k${n}: ${n}`).join('\n'),
      'UnknownKey',
    ],
  ])('does not freeze over %s', async (_name, text, code) => {
    const { page, close } = await open();
    await untilReady(page);
    await paste(page, text);
    await page.locator('.problems li').filter({ hasText: code }).first().waitFor();
    await page.getByRole('tab', { name: 'Install' }).click();
    await page.getByRole('tab', { name: 'Install', selected: true }).waitFor();
    await paste(page, '{}\n');
    await page.locator('.status[data-state="good"]').waitFor();
    await close();
  });
});
