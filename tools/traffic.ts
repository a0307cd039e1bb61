/**
 * The tests of docs/traffic.md: `node tools/traffic.ts [ARGUMENTS OF VITEST...]`. Makes what is missing, each thing once, and
 * runs them in a network of its own. A machine that allows no such network is said to be one, before anything is made.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { IS_LONG } from './lab/long.ts';
import { LAB_TOOLS } from './lab/needed.ts';
import { whyNoNetwork } from './lab/own-network.ts';

const here = (file: string) => join(import.meta.dirname, file);

const LONG = IS_LONG ? ['contour', 'contour-crds', 'gitops'] : [];

const STEPS = [
  [here('build.ts'), ...LAB_TOOLS, 'nginx', ...LONG],
  [here('build-web.ts')],
  [
    ...[here('lab/in-network.ts'), 'vitest', 'run', '--config', 'vitest.traffic.config.ts'],
    ...process.argv.slice(2),
  ],
];

/** Runs a program of this folder, which says itself what it does; gives its exit code. */
async function runStep(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, words, { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): boolean => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
  const [code] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, pass);
  return typeof code === 'number' ? code : 1;
}

const why = whyNoNetwork();
if (why !== undefined) {
  console.error(`traffic: not run on this machine: ${why.text}`);
  // What the machine itself does not allow is no failure; what can be installed is one.
  process.exitCode = why.isMachine ? 0 : 1;
} else {
  for (const words of STEPS) {
    process.exitCode = await runStep(words);
    if (process.exitCode !== 0) break;
  }
}
