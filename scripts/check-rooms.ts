import { glob, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { showViolation, type Violation, violationsIn } from './rooms/violations.ts';
import { projectRoot } from './write-generated.ts';

/** Every broken rule of every source file of a project, in the order of the files' paths. */
export async function checkRooms(root: string): Promise<readonly Violation[]> {
  const manifest: { readonly dependencies?: object } = JSON.parse(
    await readFile(resolve(root, 'package.json'), 'utf8'),
  );
  const dependencies = Object.keys(manifest.dependencies ?? {});
  const violations: Violation[] = [];
  for (const file of await sourceFiles(root)) {
    const text = await readFile(resolve(root, file), 'utf8');
    violations.push(...violationsIn(file, text, dependencies));
  }
  return violations;
}

async function sourceFiles(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob('src/**/*.{ts,js}', { cwd: root })) files.push(file.replaceAll('\\', '/'));
  return files.filter((file) => !file.endsWith('.d.ts')).sort();
}

async function main(): Promise<void> {
  const violations = await checkRooms(projectRoot);
  for (const violation of violations) console.error(showViolation(violation));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

if (import.meta.main) await main();
