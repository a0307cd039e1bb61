import { failed, type Result, shown, success } from '../failure.ts';
import type { JsonRecord } from '../json.ts';
import type { Credentials, Identity } from './credentials.ts';
import { pemAt, readKubeconfig, refusal } from './kubeconfig-document.ts';

/** The Service through which a tenant's API server is reached. It comes from the inventory, never from the tenant. */
export interface TenantService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** What a tenant's kubeconfig may say: data that is in it. Whatever else is there is refused by its name. */
const CLUSTER_KEYS = ['server', 'certificate-authority-data', 'extensions', 'disable-compression'];
const USER_KEYS = ['client-certificate-data', 'client-key-data', 'token', 'extensions'];

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Credentials from a kubeconfig that a tenant's machinery writes. Only certificates and tokens that stand in it are taken;
 * plugins, paths of files, proxies, names to verify instead, unverified TLS and any server but the tenant's own Service are
 * refused. The server is always the Service: `localhost`, which vCluster writes, means it too. vCluster's certificate holds
 * `<name>.<namespace>` but not `<name>.<namespace>.svc`.
 *
 * @param text what the Secret holds; at most 1 MiB.
 * @param name where it is from, such as `Secret ns/vc-a`, for messages. Nothing of its content gets there but names of keys
 *   and the host.
 */
export function tenantCredentials(text: string, name: string, service: TenantService): Result<Credentials> {
  const parts = readKubeconfig(text, name);
  if (!parts.ok) return parts;
  const { server, cluster, user } = parts.value;
  const foreign = foreignKey(cluster, CLUSTER_KEYS) ?? foreignKey(user, USER_KEYS);
  if (foreign !== undefined) {
    const message = `expected inline certificates and a token only, found ${shown(foreign)}`;
    return failed(refusal(name, message, 'write the kubeconfig without it'));
  }
  if (!leadsToService(new URL(server), service)) {
    const expected = `${service.name}.${service.namespace} or localhost`;
    const message = `expected server to be ${expected}, found ${shown(new URL(server).host)}`;
    return failed(refusal(name, message, "a tenant's kubeconfig may name its own API server only"));
  }
  const identity = inlineIdentity(cluster, user, name);
  if (!identity.ok) return identity;
  return success({
    server: `https://${service.name}.${service.namespace}:${service.port}`,
    identity: async () => identity,
  });
}

function foreignKey(part: JsonRecord, allowed: readonly string[]): string | undefined {
  return Object.keys(part).find((key) => !allowed.includes(key) && part[key] !== false);
}

function leadsToService(server: URL, { namespace, name, port }: TenantService): boolean {
  if (server.username !== '' || server.password !== '' || server.pathname !== '/') return false;
  if (server.search !== '' || server.hash !== '') return false;
  if (LOOPBACK.includes(server.hostname)) return true;
  const own = [
    name,
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.cluster.local`,
  ];
  return own.includes(server.hostname) && Number(server.port || 443) === port;
}

function inlineIdentity(cluster: JsonRecord, user: JsonRecord, name: string): Result<Identity> {
  const ca = pemAt(cluster, 'certificate-authority-data', name);
  if (!ca.ok) return ca;
  const cert = pemAt(user, 'client-certificate-data', name);
  if (!cert.ok) return cert;
  const key = pemAt(user, 'client-key-data', name);
  if (!key.ok) return key;
  const { token } = user;
  if (ca.value === undefined) return failed(missing(name, 'certificate-authority-data'));
  if (token !== undefined && !isToken(token)) {
    return failed(
      refusal(name, 'expected token to be printable text without spaces, found something else', 'correct it'),
    );
  }
  if (cert.value !== undefined && key.value !== undefined) {
    return success({ ca: ca.value, cert: cert.value, key: key.value, ...(isToken(token) ? { token } : {}) });
  }
  if (isToken(token)) return success({ ca: ca.value, token });
  return failed(missing(name, 'client-certificate-data with client-key-data, or a token'));
}

/** A token goes into a header, so it must not be able to start another. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function missing(name: string, what: string) {
  return refusal(name, `expected ${what}, found none`, 'add it');
}
