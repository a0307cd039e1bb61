import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../clock.ts';
import { failed, type Result, shown, success } from '../failure.ts';
import { at, type JsonRecord, textAt } from '../json.ts';
import type { Credentials, Identity } from './credentials.ts';
import { type ExecPlugin, execPlugin } from './exec-plugin.ts';
import { readText } from './in-cluster.ts';
import { pemAt, readKubeconfig, refusal } from './kubeconfig-document.ts';
import { readAgain } from './read-again.ts';
import { isToken } from './tenant.ts';

export interface KubeconfigOptions {
  /** Path of the file; paths in it are seen from its folder. */
  readonly file: string;
  /** The current context unless given. */
  readonly context?: string;
  readonly clock: Clock;
  /** Environment of plugins, with their own variables added. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Keys that kubectl knows and this does not do; better refused than read as somebody else. */
const REFUSED_USER_KEYS = [
  'auth-provider',
  'username',
  'password',
  'as',
  'as-uid',
  'as-groups',
  'as-user-extra',
];

/**
 * Credentials from the kubeconfig of an operator: inline data, files, and exec plugins of
 * `client.authentication.k8s.io/v1`. It is trusted: it runs the programs that it names.
 */
export async function kubeconfigCredentials(options: KubeconfigOptions): Promise<Result<Credentials>> {
  const { file, context, clock, environment } = options;
  const text = await readText(file);
  if (!text.ok) return text;
  const parts = readKubeconfig(text.value, file, context);
  if (!parts.ok) return parts;
  const { server, cluster, user } = parts.value;
  const unknown = REFUSED_USER_KEYS.find((key) => user[key] !== undefined);
  const refused = unknown ?? (cluster['proxy-url'] === undefined ? undefined : 'proxy-url');
  if (refused !== undefined) {
    return failed(
      refusal(file, `expected certificates, a token or exec, found ${refused}`, 'use another user'),
    );
  }
  const plugin = pluginOf(user, file, { clock, environment, server });
  if (!plugin.ok) return plugin;

  const written = readAgain(clock, () => writtenIdentity(cluster, user, file));
  const identity = async (renewed = false): Promise<Result<Identity>> => {
    const own = await written(renewed);
    if (!own.ok || plugin.value === undefined) return own;
    const told = await plugin.value(renewed);
    return told.ok ? success({ ...own.value, ...told.value }) : told;
  };
  // What cannot be read is said at once, and what can be is read for the first request as well.
  const first = await written();
  return first.ok ? success({ server, identity }) : first;
}

function pluginOf(
  user: JsonRecord,
  file: string,
  options: Parameters<typeof execPlugin>[1],
): Result<ExecPlugin | undefined> {
  const { exec } = user;
  if (exec === undefined) return success(undefined);
  return execPlugin(exec, options, file);
}

/** What the kubeconfig and the files that it names say. */
async function writtenIdentity(
  cluster: JsonRecord,
  user: JsonRecord,
  file: string,
): Promise<Result<Identity>> {
  const ca = await pem(cluster, 'certificate-authority', file);
  if (!ca.ok) return ca;
  const cert = await pem(user, 'client-certificate', file);
  if (!cert.ok) return cert;
  const key = await pem(user, 'client-key', file);
  if (!key.ok) return key;
  const token = await tokenOf(user, file);
  if (!token.ok) return token;
  const serverName = textAt(cluster, 'tls-server-name');
  return success({
    ...(ca.value === undefined ? {} : { ca: ca.value }),
    ...(cert.value === undefined ? {} : { cert: cert.value }),
    ...(key.value === undefined ? {} : { key: key.value }),
    ...(token.value === undefined ? {} : { token: token.value }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(at(cluster, 'insecure-skip-tls-verify') === true ? { insecure: true } : {}),
  });
}

/** Inline data before a file, as kubectl takes them. */
async function pem(part: JsonRecord, key: string, file: string): Promise<Result<string | undefined>> {
  const inline = pemAt(part, `${key}-data`, file);
  if (!inline.ok || inline.value !== undefined) return inline;
  const path = textAt(part, key);
  return path === undefined ? success(undefined) : readText(resolve(dirname(file), path));
}

async function tokenOf(user: JsonRecord, file: string): Promise<Result<string | undefined>> {
  const inline = textAt(user, 'token');
  const path = textAt(user, 'tokenFile');
  if (inline === undefined && path === undefined) return success(undefined);
  const read = inline ?? (await readFile(resolve(dirname(file), path ?? ''), 'utf8').catch(() => ''));
  const token = read.trim();
  if (isToken(token)) return success(token);
  const source = inline === undefined ? `tokenFile ${shown(path ?? '')}` : 'token';
  return failed(
    refusal(
      file,
      `expected ${source} to hold printable text without spaces, found something else`,
      'correct it',
    ),
  );
}
