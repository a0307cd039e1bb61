/**
 * Makes the pinned tools of the conformance tests in `.tools/`, each once: `node tools/build.ts [NAME...]`.
 * Without names: every tool that is not optional. Ends with 0 when all are there, 1 when one could not be made,
 * 2 for a name it does not know.
 */
import { join } from 'node:path';

import { isToolName, type Recipe, type Tool, type ToolName, toolNames, tools } from './catalog.ts';
import { findProgram } from './lib/find-program.ts';
import { make } from './lib/make.ts';
import { outputFolder } from './lib/paths.ts';
import { versionOf } from './lib/pins.ts';
import { missingPrerequisites, thisMachine } from './lib/prerequisites.ts';
import { makeProcessFolder } from './lib/process-folder.ts';
import { showProgress } from './lib/progress.ts';
import { CommandError } from './lib/run.ts';
import { isUpToDate, takeIn } from './lib/stamps.ts';

function recipeOf(name: ToolName): Recipe {
  return tools[name].recipe;
}

function isReady(name: ToolName): boolean {
  const recipe = recipeOf(name);
  return recipe.kind === 'debian' ? findProgram(name) !== undefined : isUpToDate(outputFolder, name, recipe);
}

function titleOf(name: ToolName): string {
  const version = versionOf(recipeOf(name));
  return name.includes(version) ? name : `${name} ${version}`;
}

async function makeAll(names: readonly ToolName[], signal: AbortSignal): Promise<void> {
  const workshop = makeProcessFolder(join(outputFolder, 'making'));
  try {
    for (const [index, name] of names.entries()) {
      const recipe = recipeOf(name);
      const label = `[${index + 1}/${names.length}] ${titleOf(name)}`;
      const activity = recipe.kind === 'go' ? 'building' : 'installing';
      const progress = showProgress(label, activity, process.stderr);
      try {
        const finished = join(workshop.path, name);
        await make(recipe, finished, signal);
        if (recipe.kind !== 'debian') takeIn(outputFolder, name, recipe, finished);
        progress.end('done');
      } catch (error) {
        progress.end(signal.aborted ? 'interrupted' : 'failed');
        throw error;
      }
    }
  } finally {
    workshop.remove();
  }
}

/** Runs the command line and gives the exit code. */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const unknown = args.filter((name) => !isToolName(name));
  if (unknown.length > 0) {
    console.error(`tools: unknown: ${unknown.join(', ')}. Known: ${toolNames.join(', ')}`);
    return 2;
  }
  const needed = toolNames.filter((name) =>
    args.length > 0 ? args.includes(name) : !isOptional(tools[name]),
  );
  const missing = needed.filter((name) => !isReady(name));
  if (missing.length > 0) {
    const lines = missingPrerequisites(missing.map(recipeOf), thisMachine());
    for (const line of lines) console.error(`tools: ${line}`);
    if (lines.length > 0) return 1;
    await makeAll(missing, signal);
  }
  console.error(`tools: ${needed.length} ready`);
  return 0;
}

function isOptional(tool: Tool): boolean {
  return tool.optional === true;
}

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());
try {
  process.exitCode = await main(process.argv.slice(2), interruption.signal);
} catch (error) {
  if (interruption.signal.aborted) {
    console.error('tools: interrupted; nothing half-made was kept');
    process.exitCode = 130;
  } else if (error instanceof CommandError) {
    console.error(`tools: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
