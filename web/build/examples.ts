import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Assets, writeAsset } from './bundle.ts';
import { repository } from './places.ts';
import { worldExampleText } from './world-examples.ts';

/** An example of values, as the playground offers it. */
export interface ValuesExample {
  readonly chart: 'single-node' | 'multi-node';
  readonly name: string;
  readonly text: string;
  readonly release: { readonly name: string; readonly namespace: string };
}

const CHARTS = ['single-node', 'multi-node'] as const;
const CLASS_CASE = /^class-/;

/** Examples as texts of JSON: values from `fixtures/<chart>`, worlds from `fixtures/worlds`. */
export async function exampleTexts(): Promise<{ readonly values: string; readonly worlds: string }> {
  const values = (await Promise.all(CHARTS.map(examplesOf))).flat();
  return { values: JSON.stringify(values), worlds: JSON.stringify(await worldExampleText()) };
}

export async function writeExamples(): Promise<Pick<Assets, 'examples' | 'worldExamples'>> {
  const { values, worlds } = await exampleTexts();
  return {
    examples: await writeAsset('examples', 'json', values),
    worldExamples: await writeAsset('world-examples', 'json', worlds),
  };
}

async function examplesOf(chart: ValuesExample['chart']): Promise<readonly ValuesExample[]> {
  const folder = join(repository, 'fixtures', chart);
  const names = (await readdir(folder)).sort().filter((name) => !CLASS_CASE.test(name));
  const examples = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name, 'values.yaml');
      if (!existsSync(path)) return [];
      const text = await readFile(path, 'utf8');
      return [{ chart, name, text, release: await releaseOf(join(folder, name, 'release.yaml')) }];
    }),
  );
  return examples.flat();
}

/** A release file has two plain lines. */
async function releaseOf(path: string): Promise<ValuesExample['release']> {
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  const textOf = (key: string) => new RegExp(`^${key}: *"?([^"\\n]*)"?`, 'm').exec(text)?.[1];
  return { name: textOf('name') ?? 'kubebyon', namespace: textOf('namespace') ?? 'kubebyon-system' };
}
