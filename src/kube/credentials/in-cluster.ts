import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { failed, type Result, success } from '../failure.ts';
import type { Credentials } from './credentials.ts';
import { readAgain } from './read-again.ts';

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

export interface InClusterOptions {
  /** The process environment: `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Where kubelet mounts the service account; its usual place unless given. */
  readonly folder?: string;
}

/** The credentials of a Pod. The token and the authority are read again when their files change. */
export function inClusterCredentials({
  environment,
  clock,
  folder = FOLDER,
}: InClusterOptions): Result<Credentials> {
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT;
  if (host === undefined || host === '' || port === undefined || port === '') {
    return failed({
      kind: 'credentials',
      at: 'KUBERNETES_SERVICE_HOST',
      message: 'expected the variables of a Pod, found none',
      hint: 'run in a Pod, or name a kubeconfig',
    });
  }
  return success({
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    identity: readAgain(clock, async () => {
      const token = await readText(join(folder, 'token'));
      if (!token.ok) return token;
      const ca = await readText(join(folder, 'ca.crt'));
      if (!ca.ok) return ca;
      return success({ token: token.value.trim(), ca: ca.value });
    }),
  });
}

/** A file's text; a failure that names it when it cannot be read or is empty. */
export async function readText(file: string): Promise<Result<string>> {
  const missing = (found: string) =>
    failed({
      kind: 'credentials',
      at: file,
      message: `expected a file with credentials, found ${found}`,
      hint: 'check its path, and that it may be read',
    });
  try {
    const text = await readFile(file, 'utf8');
    return text.trim() === '' ? missing('an empty one') : success(text);
  } catch (error) {
    return missing(error instanceof Error && 'code' in error ? String(error.code) : 'none');
  }
}
