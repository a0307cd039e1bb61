/**
 * Installs what the web site is made with and makes it, `web/dist`: `node tools/build-web.ts`. Ends with 1 when that fails, and
 * says why.
 */
import { showProgress } from './lib/progress.ts';
import { CommandError, run } from './lib/run.ts';

const STEPS = [
  ['installing', ['ci', '--prefix', 'web', '--no-audit', '--no-fund']],
  ['building', ['run', 'build', '--prefix', 'web']],
] as const;

try {
  for (const [index, [activity, words]] of STEPS.entries()) {
    const progress = showProgress(`[${index + 1}/${STEPS.length}] web`, activity, process.stderr);
    try {
      await run('npm', words);
      progress.end('done');
    } catch (error) {
      progress.end('failed');
      throw error;
    }
  }
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(`web: ${error.message}`);
  process.exitCode = 1;
}
