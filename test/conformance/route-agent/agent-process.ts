import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../../tools/lib/find-program.ts';
import type { Lab, Namespace } from './namespaces.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');

/** The command as the image runs it. */
export interface AgentProcess {
  readonly child: ChildProcess;
  /** What it has said so far. */
  readonly said: { stdout: string; stderr: string };
  /** Its exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  /** The sum of a metric over its labels; undefined while nobody answers. */
  metric(name: string): Promise<number | undefined>;
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * A folder with an `ip` that works in another network: the process itself stays in that of the test, from where it reaches the
 * API server.
 *
 * @param before what the shell does before each command; `"$@"` are its words.
 */
export function ipFolder(lab: Lab, name: string, { enter }: Pick<Namespace, 'enter'>, before = ''): string {
  const folder = join(lab.folder, name);
  mkdirSync(folder);
  const ip = findProgram('ip');
  const nsenter = findProgram('nsenter');
  const words = [nsenter, ...enter.slice(1), ip].join(' ');
  writeFileSync(join(folder, 'ip'), `#!/bin/sh\n${before}\nexec ${words} "$@"\n`, { mode: 0o755 });
  return folder;
}

/** An `ip` that says only which version it is. */
export function ipOfVersion(lab: Lab, name: string, version: string): string {
  const folder = join(lab.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'ip'), `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 });
  return folder;
}

export function startAgentProcess(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  path: string,
): AgentProcess {
  const child = spawn(process.execPath, [MAIN, 'route-agent', ...words, '--log-format', 'json'], {
    env: { ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      process.removeListener('exit', kill);
      resolve(code);
    }),
  );
  const get = async (at: string) => {
    const port = /metrics and health on 127\.0\.0\.1 port (\d+)/.exec(said.stderr)?.[1];
    if (port === undefined) throw new Error('it does not listen yet');
    const response = await fetch(`http://127.0.0.1:${port}${at}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    child,
    said,
    ended,
    get,
    metric: async (name) => {
      const answer = await get('/metrics').catch(() => undefined);
      const values = [...(answer?.text ?? '').matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
      return values.length === 0 ? undefined : values.reduce((sum, [, value]) => sum + Number(value), 0);
    },
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
