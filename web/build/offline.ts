import { APPS, bundleClassic, stylesText, WORKERS } from './bundle.ts';
import { exampleTexts } from './examples.ts';
import { APP_PAGES, pageText, writePage } from './pages.ts';

/** Each program as one file that works from a disk: everything is in it, the worker as text. */
export async function writeOfflinePages(): Promise<void> {
  const styles = await stylesText();
  const examples = await exampleTexts();
  await write('playground', WORKERS.valuesWorker, examples.values, styles);
  await write('worlds', WORKERS.worldWorker, examples.worlds, styles);
}

async function write(
  name: 'playground' | 'worlds',
  workerEntry: string,
  examples: string,
  styles: string,
): Promise<void> {
  const [script, worker] = await Promise.all([bundleClassic(APPS[name]), bundleClassic(workerEntry)]);
  const text = pageText({
    ...APP_PAGES[name],
    language: 'en',
    toRoot: '',
    data: { offline: 'true' },
    head: `<style>${styles.replaceAll('</style', '<\\/style')}</style>`,
    body: [
      '<body class="app"><div id="app"></div>',
      `<script type="application/json" id="examples">${inScript(examples)}</script>`,
      `<script type="text/plain" id="worker">${inScript(worker)}</script>`,
      `<script>${inScript(script)}</script>`,
      '</body>',
    ].join('\n'),
  });
  await writePage(`offline/kubebyon-${name}.html`, text.replace(/<link rel="icon"[^>]*>\n/, ''));
}

/** Nothing in a script may end it; `\x3c` is `<` in texts of JavaScript and, as `\u003c`, of JSON. */
function inScript(text: string): string {
  return text.replaceAll('<!--', '\\u003c!--').replaceAll(/<(?=\/?script)/gi, '\\u003c');
}
