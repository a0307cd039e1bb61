import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasErrors, toYaml } from '../src/index.ts';
import { GOLDEN_FOLDER, goldenOf, readCases, renderCase } from '../test/support/cases.ts';
import { worldCases, goldenText as worldGoldenText } from '../test/support/world-cases.ts';

/** The golden files that the fixtures ask for, by path under `golden/`. A case that fails unexpectedly throws. */
export function goldenFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const aCase of readCases()) {
    const path = goldenOf(aCase);
    if (path === undefined) continue;
    const { manifests, problems } = renderCase(aCase);
    if (hasErrors(problems)) {
      const found = problems.map(({ code, path: at, message }) => `${code} ${at}: ${message}`);
      throw new Error(`fixtures/${aCase.chart}/${aCase.name} does not render: ${found.join('; ')}`);
    }
    files.set(path, toYaml(manifests));
  }
  for (const name of worldCases()) files.set(`worlds/${name}.yaml`, worldGoldenText(name));
  return files;
}

/** The files that are in `golden/`, by path under it. */
export function filesInGoldenFolder(): readonly string[] {
  try {
    return readdirSync(GOLDEN_FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(GOLDEN_FOLDER.length + 1))
      .toSorted();
  } catch {
    return [];
  }
}

/** Text of a golden file; undefined when there is none. */
export function goldenText(path: string): string | undefined {
  try {
    return readFileSync(join(GOLDEN_FOLDER, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** Rewrites `golden/` and removes files without a case. `--check` reports drift and changes nothing. */
function main(): void {
  const wanted = goldenFiles();
  const drifted = [...wanted].filter(([path, text]) => goldenText(path) !== text).map(([path]) => path);
  const orphans = filesInGoldenFolder().filter((path) => !wanted.has(path));
  if (process.argv.includes('--check')) {
    for (const path of drifted) console.error(`golden/${path} is not current: run "npm run golden"`);
    for (const path of orphans) console.error(`golden/${path} has no case: run "npm run golden"`);
    process.exitCode = drifted.length + orphans.length === 0 ? 0 : 1;
    return;
  }
  for (const path of drifted) {
    const file = join(GOLDEN_FOLDER, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted.get(path) ?? '');
    console.log(`wrote golden/${path}`);
  }
  for (const path of orphans) {
    rmSync(join(GOLDEN_FOLDER, path));
    console.log(`removed golden/${path}`);
  }
}

if (import.meta.main) main();
