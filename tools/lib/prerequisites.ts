import { execFileSync } from 'node:child_process';

import type { Recipe } from '../catalog.ts';
import { findProgram } from './find-program.ts';
import { goRelease, readGoMod } from './pins.ts';

/** What this machine has of the things that making a tool needs. */
export interface Machine {
  /** Release of the Go on PATH, such as `1.26.8`. */
  readonly go: string | undefined;
  readonly python: boolean;
  readonly apt: boolean;
  readonly root: boolean;
}

export function thisMachine(): Machine {
  return {
    go: findProgram('go') === undefined ? undefined : releaseOfGo(),
    python: findProgram('python3') !== undefined,
    apt: findProgram('apt-get') !== undefined,
    root: process.getuid?.() === 0,
  };
}

function releaseOfGo(): string | undefined {
  try {
    const version = execFileSync('go', ['env', 'GOVERSION'], {
      encoding: 'utf8',
      env: { ...process.env, GOTOOLCHAIN: 'local' },
    });
    return /^go(\d+(?:\.\d+)*)/.exec(version)?.[1];
  } catch {
    return undefined;
  }
}

/** One line for each thing that is missing to make `recipes`: what it is and what to do. Empty when all is there. */
export function missingPrerequisites(recipes: readonly Recipe[], machine: Machine): readonly string[] {
  return [
    missingGo(recipes, machine),
    missingPython(recipes, machine),
    missingDebian(recipes, machine),
  ].flat();
}

function missingGo(recipes: readonly Recipe[], { go }: Machine): readonly string[] {
  const needed = recipes
    .flatMap((recipe) => (recipe.kind === 'go' ? [goRelease(readGoMod(recipe.module))] : []))
    .sort(compareReleases)
    .at(-1);
  const forResources = recipes.some((recipe) => recipe.kind === 'resources');
  if (needed === undefined && !forResources) return [];
  const wanted = needed === undefined ? 'Go' : `Go ${needed} or newer`;
  if (go === undefined) return [`Go is missing: install ${wanted}, put \`go\` on PATH and run this again.`];
  if (needed !== undefined && compareReleases(go, needed) < 0) {
    return [`Go ${go} is too old: install ${wanted}, put \`go\` on PATH and run this again.`];
  }
  return [];
}

function missingPython(recipes: readonly Recipe[], { python }: Machine): readonly string[] {
  if (python || !recipes.some((recipe) => recipe.kind === 'wheel')) return [];
  return ['Python is missing: install Python 3 with pip and run this again.'];
}

function missingDebian(recipes: readonly Recipe[], { apt, root }: Machine): readonly string[] {
  const packages = recipes.flatMap((recipe) => (recipe.kind === 'debian' ? [recipe.package] : []));
  if (packages.length === 0 || (apt && root)) return [];
  const how = apt
    ? `run \`sudo apt-get install ${packages.join(' ')}\``
    : 'install with the package manager of this system';
  return [`Missing: ${packages.join(', ')}; ${how} and run this again.`];
}

/** Order of two releases such as `1.26` and `1.26.7`; a missing number counts as 0. */
export function compareReleases(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
