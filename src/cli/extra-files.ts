import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from './input/read-input.ts';

/** Files below a chart's folder that no rendered object belongs in, by their path below the directory. */
export function extraFiles(
  directory: string,
  chart: string,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  return filesBelow(directory, chart).filter((file) => !files.has(file));
}

function filesBelow(root: string, folder: string): readonly string[] {
  return entriesOf(join(root, folder)).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (reasonOf(error) === 'none') return [];
    throw error;
  }
}
