import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chartNamed } from '../chart/charts.ts';
import { reasonOf } from './input/read-input.ts';
import type { Output } from './output.ts';

/** Files below a chart's folder that no rendered object belongs in; none where not all objects are rendered. */
export function extraFiles(directory: string, { chart, manifests, isComplete }: Output): readonly string[] {
  if (!isComplete) return [];
  const rendered = new Set(manifests.map(({ source }) => source));
  return filesBelow(directory, chartNamed(chart).name)
    .filter((file) => !rendered.has(file))
    .map((file) => join(directory, file));
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
