import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { outputFolder, webRoot } from './places.ts';

const source = (path: string): string => join(webRoot, 'src', path);

/** What every bundle has in common. The packages of the library are found here where the repository has none installed. */
export const COMMON = {
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  nodePaths: [join(webRoot, 'node_modules')],
  alias: { preact: join(webRoot, 'node_modules/preact') },
  logLevel: 'warning',
} satisfies BuildOptions;

/** Addresses of scripts and styles, from the root of the site. */
export interface Assets {
  readonly styles: string;
  readonly playground: string;
  readonly worlds: string;
  readonly docs: string;
  readonly valuesWorker: string;
  readonly worldWorker: string;
  readonly examples: string;
  readonly worldExamples: string;
}

type Scripts = Pick<Assets, 'playground' | 'worlds' | 'docs' | 'valuesWorker' | 'worldWorker'>;

export const WORKERS = {
  valuesWorker: source('workers/values/worker.ts'),
  worldWorker: source('workers/world/worker.ts'),
} as const;

export const APPS = {
  playground: source('playground/main.tsx'),
  worlds: source('worlds/main.tsx'),
} as const;

/** Bundles the pages' modules, and each worker alone: a worker that is stopped and started again loads one file. */
export async function bundleScripts(): Promise<Scripts> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    entryPoints: { ...APPS },
    format: 'esm',
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    outdir: join(outputFolder, 'assets'),
    metafile: true,
    write: false,
  });
  await mkdir(join(outputFolder, 'assets'), { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
  const entries = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[entryPoint, `assets/${basename(path)}`] as const],
  );
  const pathOf = (name: string): string => {
    const found = entries.find(([entry]) => entry.endsWith(`${name}/main.tsx`));
    if (found === undefined) throw new Error(`no bundle of ${name}`);
    return found[1];
  };
  return {
    playground: pathOf('playground'),
    worlds: pathOf('worlds'),
    docs: await writeAsset('docs', 'js', await bundleClassic(source('docs/main.ts'))),
    valuesWorker: await writeAsset('values-worker', 'js', await bundleClassic(WORKERS.valuesWorker)),
    worldWorker: await writeAsset('world-worker', 'js', await bundleClassic(WORKERS.worldWorker)),
  };
}

/** One classic script. */
export async function bundleClassic(entry: string): Promise<string> {
  const { outputFiles } = await build({ ...COMMON, entryPoints: [entry], format: 'iife', write: false });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${entry} gives nothing`);
  return file.text;
}

/** All styles as one text. */
export async function stylesText(): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [source('styles/all.css')],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

export async function bundleStyles(): Promise<Pick<Assets, 'styles'>> {
  return { styles: await writeAsset('styles', 'css', await stylesText()) };
}

/** Writes a file whose name changes with its content, so that browsers may keep it for ever. */
export async function writeAsset(name: string, extension: string, text: string): Promise<string> {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
  const path = `assets/${name}-${hash}.${extension}`;
  await mkdir(join(outputFolder, 'assets'), { recursive: true });
  await writeFile(join(outputFolder, path), text);
  return path;
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
