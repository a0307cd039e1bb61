import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Recipe } from '../catalog.ts';
import { toolsFolder } from './paths.ts';

/** Version of `module` in the text of a go.mod, with its leading v. */
export function versionInGoMod(goMod: string, module: string): string {
  for (const line of goMod.split('\n')) {
    const [path, version] = line
      .trim()
      .replace(/^require\s+/, '')
      .split(/\s+/);
    if (path === module && version !== undefined) return version;
  }
  throw new Error(`no version of ${module} in go.mod`);
}

/** The Go release that a go.mod asks for: `go 1.26.7` gives `1.26.7`. */
export function goRelease(goMod: string): string {
  const release = /^go (\d+\.\d+(?:\.\d+)?)$/m.exec(goMod)?.[1];
  if (release === undefined) throw new Error('no go line in go.mod');
  return release;
}

export function moduleFolder(module: string): string {
  return join(toolsFolder, 'mods', module);
}

export function readGoMod(module: string): string {
  return readFileSync(join(moduleFolder(module), 'go.mod'), 'utf8');
}

/** Version as people write it, without the leading v; empty for what Debian installs. */
export function versionOf(recipe: Recipe): string {
  switch (recipe.kind) {
    case 'go':
      return versionInGoMod(readGoMod(recipe.module), recipe.versionOf).replace(/^v/, '');
    case 'resources':
    case 'wheel':
      return recipe.version.replace(/^v/, '');
    case 'debian':
      return '';
  }
}
