/**
 * Writes everything that is generated: charts, schemas, validators and pages; goldens; the tables of docs/runtime.md; the
 * examples of the pages. With `--check` nothing is written, and each part says what differs.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PARTS = {
  'charts, schemas, validators and pages': 'generate.ts',
  goldens: 'golden.ts',
  'docs/runtime.md': 'generate-runtime-docs.ts',
} as const;

/** What cannot say whether it is up to date: test/docs/examples.test.ts does. */
const WRITTEN_ONLY = { 'the examples of the pages': 'page-examples.ts' } as const;

function main(flags: readonly string[]): void {
  const unknown = flags.find((flag) => flag !== '--check');
  if (unknown !== undefined) {
    console.error(`unknown flag ${unknown}; the only flag is --check`);
    process.exitCode = 2;
    return;
  }
  const [verb, parts] = flags.includes('--check')
    ? ['checking', PARTS]
    : ['writing', { ...PARTS, ...WRITTEN_ONLY }];
  for (const [what, script] of Object.entries(parts)) {
    console.error(`${verb} ${what} ...`);
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, script), ...flags], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}

main(process.argv.slice(2));
