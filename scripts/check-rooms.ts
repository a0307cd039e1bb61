import { glob, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXCEPTIONS, type Exception } from './rooms/exceptions.ts';
import { circleViolations, importGraph, withoutExceptions } from './rooms/project.ts';
import { showViolation, type Violation, violationsIn } from './rooms/violations.ts';
import { projectRoot } from './write-generated.ts';

/** Every broken rule of every source file of a project, in the order of the files' paths. */
export async function checkRooms(
  root: string,
  exceptions: readonly Exception[] = EXCEPTIONS,
): Promise<readonly Violation[]> {
  const manifest: { readonly dependencies?: object } = JSON.parse(
    await readFile(resolve(root, 'package.json'), 'utf8'),
  );
  const dependencies = Object.keys(manifest.dependencies ?? {});
  const texts = await sourceTexts(root);
  const ofFiles = [...texts].flatMap(([file, text]) => violationsIn(file, text, dependencies));
  const ofCircles = circleViolations(importGraph(texts), exceptions);
  return [...withoutExceptions(ofFiles, exceptions), ...ofCircles];
}

async function sourceTexts(root: string): Promise<ReadonlyMap<string, string>> {
  const files: string[] = [];
  for await (const file of glob('src/**/*.{ts,js}', { cwd: root })) files.push(file.replaceAll('\\', '/'));
  return new Map(
    await Promise.all(
      files.sort().map(async (file) => [file, await readFile(resolve(root, file), 'utf8')] as const),
    ),
  );
}

async function main(): Promise<void> {
  const violations = await checkRooms(projectRoot);
  for (const violation of violations) console.error(showViolation(violation));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

if (import.meta.main) await main();
