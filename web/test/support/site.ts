import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteProgram } from '../../../tools/lab/site.ts';

const web = join(import.meta.dirname, '../..');

/** A site that a real nginx serves, from its configuration with other folders in it. */
export interface Site {
  readonly address: string;
  /** What nginx and its start script said. */
  readonly log: () => string;
  stop(): Promise<void>;
}

export interface SiteOptions {
  /** The files; without it, what `npm run build` has written. */
  readonly files?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts nginx as the image does, on a free port of 127.0.0.1, and waits until it answers. */
export async function startSite({
  files = join(web, 'dist'),
  environment = {},
}: SiteOptions = {}): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-web-'));
  const program = siteProgram(folder, files);
  const port = await freePort();
  const nginx = spawn(program.path, program.args, {
    env: { ...program.env, HOSTNAME: '127.0.0.1', PORT: String(port), ...environment },
  });
  let said = '';
  nginx.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const address = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await stopped(nginx);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await answers(`${address}/healthz`, nginx))) {
    await stop();
    throw new Error(`nginx did not start: ${said}`);
  }
  return { address, log: () => said, stop };
}

async function answers(address: string, nginx: ChildProcess): Promise<boolean> {
  while (nginx.exitCode === null) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok === true) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function stopped(nginx: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (nginx.exitCode !== null || nginx.signalCode !== null) return resolve();
    nginx.once('exit', () => resolve());
    nginx.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
