import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Makes one plain file of a program of this folder, as users run it: stripping types at run time would take memory
 * of its own.
 *
 * @param alias modules by other names.
 */
export async function bundleWorker(
  source: string,
  folder: string,
  alias: Readonly<Record<string, string>> = {},
): Promise<string> {
  const input = fileURLToPath(new URL(source, import.meta.url));
  const build = await rolldown({ input, platform: 'node', resolve: { alias } });
  const file = join(folder, `${basename(source, '.ts')}.mjs`);
  await build.write({ file, format: 'esm', codeSplitting: false });
  await build.close();
  return file;
}

/** Runs a bundled program in a process of its own, which can collect garbage when it wants, and reads its report. */
export function runWorker<Report>(file: string, args: readonly string[]): Report {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', file, ...args], { encoding: 'utf8' }));
}
