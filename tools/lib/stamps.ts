import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Recipe } from '../catalog.ts';
import { goBuildArguments, goEnvironment, goInputs } from './go-command.ts';

/**
 * A stamp says which recipe the tool in the output folder was made from: a hash over everything that decides what
 * comes out (pins, sums, our own sources, arguments, platform). Another pin is another stamp, hence a rebuild.
 */
export function stampOf(recipe: Recipe): string {
  const hash = createHash('sha256');
  const parts =
    recipe.kind === 'go'
      ? [goEnvironment, goBuildArguments(recipe, ''), goInputs(recipe)]
      : [Object.entries(recipe).sort()];
  hash.update(JSON.stringify([process.platform, process.arch, ...parts]));
  return hash.digest('hex');
}

/** Where a tool lies once it is made: a program in `bin/`, a set of resources in `resources/`. */
export function placeOf(output: string, name: string, recipe: Recipe): string {
  return join(output, recipe.kind === 'resources' ? 'resources' : 'bin', name);
}

function stampFile(output: string, name: string): string {
  return join(output, 'stamps', name);
}

export function isUpToDate(output: string, name: string, recipe: Recipe): boolean {
  const file = stampFile(output, name);
  if (!existsSync(file) || !existsSync(placeOf(output, name, recipe))) return false;
  return readFileSync(file, 'utf8') === stampOf(recipe);
}

/**
 * Moves a finished tool to its place and stamps it. The old stamp goes first and the new one comes last, so that at
 * every moment of an interruption the tool is either as its stamp says or without one, that is, not made.
 */
export function takeIn(output: string, name: string, recipe: Recipe, finished: string): void {
  const place = placeOf(output, name, recipe);
  const stamp = stampFile(output, name);
  mkdirSync(dirname(place), { recursive: true });
  mkdirSync(dirname(stamp), { recursive: true });
  rmSync(stamp, { force: true });
  rmSync(place, { recursive: true, force: true });
  renameSync(finished, place);
  const written = `${finished}.stamp`;
  writeFileSync(written, stampOf(recipe));
  renameSync(written, stamp);
}
