import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Assets } from './bundle.ts';
import { escapeHtml } from './html.ts';
import { outputFolder } from './places.ts';

/** A page as its shell is put around it. */
export interface Page {
  readonly title: string;
  readonly description: string;
  readonly language: 'en' | 'zh-CN';
  /** From the page to the root of the site: empty, or `../`. */
  readonly toRoot: string;
  /** Attributes of the root element, which the scripts read. */
  readonly data: Readonly<Record<string, string>>;
  /** Elements of the head. */
  readonly head: string;
  readonly body: string;
}

export function pageText({ title, description, language, toRoot, data, head, body }: Page): string {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<!doctype html>
<html lang="${language}"${attributes.join('')}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${toRoot}icon.svg" type="image/svg+xml">
${head}
</head>
${body}
</html>
`;
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57d0"/><path d="M8 9h6M8 16h16M8 23h6M18 9l6 7-6 7" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;

export const APP_PAGES = {
  playground: {
    file: 'index.html',
    title: 'Playground · kubebyon-gateway',
    description: 'What values become, why, and what is wrong with them, while you type.',
  },
  worlds: {
    file: 'worlds.html',
    title: 'Worlds · kubebyon-gateway',
    description:
      'What the planner says about a world: clusters, hostnames, findings and what it would write.',
  },
} as const;

export type AppName = keyof typeof APP_PAGES;

export const NO_SCRIPT =
  '<noscript><p class="no-script">This page computes in your browser and needs JavaScript. The <a href="docs/index.html">documentation</a> does not.</p></noscript>';

/** Writes the pages that are programs. */
export async function writeAppPages(assets: Assets): Promise<void> {
  await writeFile(join(outputFolder, 'icon.svg'), ICON);
  for (const name of ['playground', 'worlds'] as const) {
    const { file, title, description } = APP_PAGES[name];
    const worker = name === 'playground' ? assets.valuesWorker : assets.worldWorker;
    const examples = name === 'playground' ? assets.examples : assets.worldExamples;
    const text = pageText({
      title,
      description,
      language: 'en',
      toRoot: '',
      data: { worker, examples, config: 'config.json' },
      head: [
        `<link rel="stylesheet" href="${assets.styles}">`,
        `<script type="module" src="${assets[name]}"></script>`,
      ].join('\n'),
      body: `<body class="app"><div id="app"></div>${NO_SCRIPT}</body>`,
    });
    await writePage(file, text);
  }
}

export async function writePage(file: string, text: string): Promise<void> {
  const path = join(outputFolder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
