import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { render } from '../../src/index.ts';

/** Bundles source text that stands in the folder of the library's entry. */
async function bundleForBrowser(source: string) {
  const entry = resolve(import.meta.dirname, '../../src/browser-entry.ts');
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    onLog: () => {},
  });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return output[0];
}

test('a browser bundle of the library imports nothing', async () => {
  const { imports, dynamicImports, code } = await bundleForBrowser("export * from './index.ts';");
  expect([...imports, ...dynamicImports]).toEqual([]);
  expect(code).not.toMatch(/\b(?:from|import|require)\b[ (]*["'`]node:/);
  expect(code).toContain(render.name);
});

test('an import of node: would be seen', async () => {
  const { imports } = await bundleForBrowser("import { readFileSync } from 'node:fs'; readFileSync('x');");
  expect(imports).not.toEqual([]);
});
