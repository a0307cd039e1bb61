/** Prints what the site costs on this machine: `npm run measure` after `npm run build`. */
import { CONFIG, emptyPlatform } from '../../bench/planner-world.ts';
import { formatRuntimeEnvironment } from '../../src/planner/index.ts';
import { startBrowser, visit } from './support/browser.ts';
import { untilReady } from './support/playground.ts';
import { startSite } from './support/site.ts';

const KEYSTROKES = 100;
const site = await startSite();
const browser = await startBrowser();
const print = (name: string, value: string): void => {
  process.stdout.write(`| ${name} | ${value} |\n`);
};

const playground = await visit(browser, `${site.address}/`);
await untilReady(playground.page);
const loaded = await playground.page.evaluate(
  () => performance.getEntriesByName('playground-shown')[0]?.startTime ?? 0,
);
print('first manifests after the page is asked for', `${Math.round(loaded)} ms`);

await playground.page.locator('.cm-line').last().click();
await playground.page.evaluate(() => {
  let from = 0;
  const times: number[] = [];
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      from = timeStamp;
    },
    { capture: true },
  );
  new PerformanceObserver(() => {
    requestAnimationFrame(() => times.push(performance.now() - from));
  }).observe({ type: 'mark' });
  Object.assign(globalThis, { times });
});
for (let stroke = 0; stroke < KEYSTROKES; stroke += 1) {
  await playground.page.keyboard.press(stroke % 2 === 0 ? '#' : 'Backspace');
  await playground.page.waitForFunction((before) => Reflect.get(globalThis, 'times').length > before, stroke);
}
const times: number[] = await playground.page.evaluate(() => Reflect.get(globalThis, 'times'));
times.sort((a, b) => a - b);
const at = (share: number): string => `${Math.round(times[Math.floor(times.length * share)] ?? 0)} ms`;
print(
  `keystroke to all panes, complete example, ${KEYSTROKES} strokes`,
  `median ${at(0.5)}, p95 ${at(0.95)}`,
);
await playground.page.context().close();

const world = { ...emptyPlatform(1000), env: formatRuntimeEnvironment(CONFIG) };
const text = JSON.stringify(world);
const worlds = await visit(browser, `${site.address}/worlds.html`);
await worlds.page.locator('.drop-zone').waitFor();
const from = performance.now();
await worlds.page
  .locator('input[type="file"]')
  .setInputFiles([{ name: 'world.json', mimeType: 'application/json', buffer: Buffer.from(text) }]);
await worlds.page.locator('.objects .name').nth(10).waitFor();
const size = `${(text.length / 1e6).toFixed(1)} MB of JSON`;
print(`a world of 1,000 clusters, ${size}`, `${Math.round(performance.now() - from)} ms`);
await browser.close();
await site.stop();
