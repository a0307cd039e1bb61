import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { GoProgram } from '../catalog.ts';
import { moduleFolder, readGoMod, versionInGoMod } from './pins.ts';

/** Settings every build runs with: no C compiler, no other toolchain or workspace, nothing but the pinned modules. */
export const goEnvironment = {
  CGO_ENABLED: '0',
  GOWORK: 'off',
  GOTOOLCHAIN: 'local',
  GOFLAGS: '-mod=readonly -trimpath -buildvcs=false',
} as const;

/** Arguments of `go`, to be run in the folder of the program's module, writing the program to `output`. */
export function goBuildArguments(program: GoProgram, output: string): readonly string[] {
  const goMod = readGoMod(program.module);
  const variables = program.variables?.((module) => versionInGoMod(goMod, module)) ?? [];
  const linkerFlags = ['-s', '-w', ...variables.map((variable) => `-X ${variable}`)].join(' ');
  const source = typeof program.source === 'string' ? [program.source] : program.source;
  return ['build', '-ldflags', linkerFlags, '-o', output, ...source];
}

/** Texts that decide what the build gives, besides its arguments: module pins and our own Go sources. */
export function goInputs(program: GoProgram): readonly string[] {
  const folder = moduleFolder(program.module);
  const ofModule = readdirSync(folder).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name));
  const named = typeof program.source === 'string' ? [] : program.source;
  return [...ofModule, ...named].sort().map((name) => readFileSync(join(folder, name), 'utf8'));
}
