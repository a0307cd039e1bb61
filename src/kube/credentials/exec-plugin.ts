import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../clock.ts';
import { failed, type Result, shown, success } from '../failure.ts';
import { at, listAt, parseJson, textAt } from '../json.ts';
import type { Identity } from './credentials.ts';
import { refusal } from './kubeconfig-document.ts';

/** Asks the plugin who we are, or answers what it said last while that holds. */
export type ExecPlugin = (renewed: boolean) => Promise<Result<Identity>>;

export interface ExecOptions {
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly server: string;
}

const API_VERSION = 'client.authentication.k8s.io/v1';

/** A plugin that asks a browser or another service may take a while, but not for ever. */
const MAX_MS = 60_000;
const MAX_BYTES = 1024 * 1024;

/** What a plugin says is asked for again so long before it ends. */
const EARLY_MS = 30_000;

/**
 * The exec plugin of a kubeconfig, `client.authentication.k8s.io/v1`. It is run without a shell and without a terminal.
 *
 * @param exec the `exec` of a user.
 * @param file the kubeconfig, for messages; a command with a slash is seen from its folder.
 */
export function execPlugin(exec: unknown, options: ExecOptions, file: string): Result<ExecPlugin> {
  const { clock, environment, server } = options;
  const command = textAt(exec, 'command') ?? '';
  const version = textAt(exec, 'apiVersion') ?? 'none';
  if (command === '' || version !== API_VERSION) {
    const message = `expected exec with a command and apiVersion ${API_VERSION}, found ${shown(version)}`;
    return failed(refusal(file, message, 'update the plugin and its entry'));
  }
  const path = command.includes('/') ? resolve(dirname(file), command) : command;
  const args = listAt(exec, 'args').map(String);
  const own = listAt(exec, 'env').map((each) => [textAt(each, 'name') ?? '', textAt(each, 'value') ?? '']);
  const info = {
    apiVersion: API_VERSION,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(at(exec, 'provideClusterInfo') === true ? { cluster: { server } } : {}) },
  };
  const env = { ...environment, ...Object.fromEntries(own), KUBERNETES_EXEC_INFO: JSON.stringify(info) };

  let kept: { readonly identity: Identity; readonly endsAt: number } | undefined;
  let running: Promise<Result<Identity>> | undefined;
  const ask = async (): Promise<Result<Identity>> => {
    const output = await run(path, args, env);
    if (!output.ok)
      return failed(refusal(file, `${output.message} from ${shown(command)}`, 'run it by hand'));
    const told = identityIn(output.text);
    if (told === undefined) {
      const message = `expected an ExecCredential with a token or a certificate from ${shown(command)}, found none`;
      return failed(refusal(file, message, 'run it by hand'));
    }
    const ends = Date.parse(told.expires ?? '');
    const endsAt = Number.isNaN(ends)
      ? Number.POSITIVE_INFINITY
      : clock.now() + ends - clock.wallTime() - EARLY_MS;
    kept = { identity: told.identity, endsAt };
    return success(told.identity);
  };
  return success(async (renewed) => {
    if (kept !== undefined && !renewed && clock.now() < kept.endsAt) return success(kept.identity);
    // Many requests may find out at once; the plugin runs once.
    running ??= ask().finally(() => {
      running = undefined;
    });
    return running;
  });
}

function identityIn(text: string): { readonly identity: Identity; readonly expires?: string } | undefined {
  const told = parseJson(text);
  const status = at(told, 'status');
  const token = textAt(status, 'token');
  const cert = textAt(status, 'clientCertificateData');
  const key = textAt(status, 'clientKeyData');
  const isPair = cert !== undefined && key !== undefined;
  if (textAt(told, 'apiVersion') !== API_VERSION || (token === undefined && !isPair)) return undefined;
  const expires = textAt(status, 'expirationTimestamp');
  return {
    identity: { ...(token === undefined ? {} : { token }), ...(isPair ? { cert, key } : {}) },
    ...(expires === undefined ? {} : { expires }),
  };
}

type Output = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

function run(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Output> {
  return new Promise((done) => {
    const child = spawn(path, args, {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: MAX_MS,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.on('error', (error) =>
      done({ ok: false, message: `expected a program, found ${shown(error.message)}` }),
    );
    child.on('close', (code) => {
      if (code === 0) done({ ok: true, text: Buffer.concat(chunks).toString('utf8') });
      else done({ ok: false, message: `expected exit code 0, found ${code ?? 'a killed program'}` });
    });
  });
}
