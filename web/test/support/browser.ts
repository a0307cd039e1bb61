import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Minutes for what takes a second on a quiet machine: only a thing that never comes reaches it. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 60_000);

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox'],
    timeout: PATIENCE_MS,
  });
}

/** A page, and what must not happen in it. */
export interface Visit {
  readonly page: Page;
  /** Requests to anything but the site. */
  readonly outside: readonly string[];
  /** Errors of the console, of scripts and of requests. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens a page in a context of its own.
 *
 * Closing it fails when the page has said an error or has asked anybody else for something.
 */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const outside: string[] = [];
  const errors: string[] = [];
  const { origin, protocol } = new URL(address);
  page.on('request', (request) => {
    const url = request.url();
    const isOwn = protocol === 'file:' ? url.startsWith('file:') : url.startsWith(origin);
    if (!isOwn && !/^(blob|data):/.test(url)) outside.push(url);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('requestfailed', (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.goto(address);
  return {
    page,
    outside,
    errors,
    async close() {
      await context.close();
      expect(errors).toEqual([]);
      expect(outside).toEqual([]);
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page as it stands: a line for each violation. */
export async function violations(page: Page): Promise<readonly string[]> {
  // By the debugger, which no policy of the page forbids.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: AxeLike }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return found.violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    );
  });
}

interface AxeLike {
  run(
    context: unknown,
    options: unknown,
  ): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
}
