import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const root = join(import.meta.dirname, '../../..');

/** The values of a fixture. */
export function valuesOf(chart: string, name: string): string {
  return readFileSync(join(root, 'fixtures', chart, name, 'values.yaml'), 'utf8');
}

/** Waits until the editor has come and its values are rendered. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.cm-content').waitFor();
  await page.locator('.status[data-computing="false"]:not([data-state="none"])').waitFor();
}

/** Replaces the values by a paste, as a person would. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  // Not keyboard.insertText, by which the browser itself lays out every line of a text before the editor hears of it.
  await page.locator('.cm-content').evaluate((content, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Chooses an example by its title. */
export async function chooseExample(page: Page, title: string): Promise<void> {
  await page.getByLabel('Example').selectOption({ label: title });
}

/** The line of the editor that the cursor is in. */
export function activeLine(page: Page) {
  return page.locator('.cm-activeLine');
}

/** Opens an object by its kind and name. */
export async function openObject(page: Page, title: string): Promise<void> {
  await page.locator('.objects').getByTitle(title, { exact: true }).click();
}

/** A line of the YAML by its text. */
export function yamlLine(page: Page, text: string) {
  return page.getByRole('option', { name: text, exact: true }).first();
}
