import { existsSync } from 'node:fs';

import { type ToolName, tools } from '../../../tools/catalog.ts';
import { findProgram } from '../../../tools/lib/find-program.ts';
import { outputFolder } from '../../../tools/lib/paths.ts';
import { placeOf } from '../../../tools/lib/stamps.ts';

export type { ToolName };

/**
 * Absolute path of a pinned tool: of the program, or of the folder of a set of resources.
 * Throws one clear line when it has not been made.
 */
export function toolPath(name: ToolName): string {
  const { recipe } = tools[name];
  if (recipe.kind === 'debian') {
    const path = findProgram(name);
    if (path === undefined) throw new Error(`${name} is missing: run \`node tools/build.ts ${name}\``);
    return path;
  }
  const path = placeOf(outputFolder, name, recipe);
  if (!existsSync(path)) throw new Error(`${name} is not built: run \`node tools/build.ts ${name}\``);
  return path;
}
