import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chartFiles } from '../../../src/helm/chart-files.ts';
import { APP_VERSION, type ChartName, type Release, VERSION } from '../../../src/index.ts';
import { outputFolder } from '../../../tools/lib/paths.ts';
import { makeProcessFolder } from '../../../tools/lib/process-folder.ts';

/** Both charts, by the names that the library uses. */
export const chartNames: readonly ChartName[] = ['single-node', 'multi-node'];

const written = new Map<string, string>();
let parent: string | undefined;

/** Versions of a chart and of what it installs; those of the product unless given. */
export type Versions = Pick<Release, 'version' | 'appVersion'>;

/** A folder of this process that holds the chart as the product writes it. */
export function chartFolder(chart: ChartName, versions: Versions = {}): string {
  const { version = VERSION, appVersion = APP_VERSION } = versions;
  const key = JSON.stringify([chart, version, appVersion]);
  const known = written.get(key);
  if (known !== undefined) return known;
  const folder = join(ownFolder(), String(written.size), `kubebyon-${chart}`);
  writeFiles(folder, chartFiles(chart, { version, appVersion }));
  written.set(key, folder);
  return folder;
}

/** A folder of this process for charts and values files. */
export function ownFolder(): string {
  parent ??= makeProcessFolder(join(outputFolder, 'charts')).path;
  return parent;
}

/** Writes texts by their paths in a folder. */
export function writeFiles(folder: string, files: Iterable<readonly [string, string]>): void {
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
