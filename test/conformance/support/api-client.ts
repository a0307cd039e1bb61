import { Agent, request } from 'node:https';

/** A Kubernetes object as the API server takes and gives it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & Readonly<
    Record<string, unknown>
  >;
  readonly [field: string]: unknown;
}

/** One reason of a refusal: the field, such as `spec.listeners[2].hostname`, and what is wrong with it. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** An answer of the API server. `warnings` are its Warning headers. */
export type ApiAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      readonly object: KubeObject;
      readonly warnings: readonly string[];
    }
  | {
      readonly ok: false;
      readonly status: number;
      readonly reason: string;
      readonly message: string;
      readonly causes: readonly StatusCause[];
      readonly warnings: readonly string[];
    };

export interface ApplyOptions {
  readonly fieldManager: string;
  /** Take over fields that other managers own; false unless given, which makes them a 409. */
  readonly force?: boolean;
  /** Go through everything, admission included, and store nothing. */
  readonly dryRun?: boolean;
  /** What an unknown or doubled field is; `Strict` (a 400 or 422) unless given. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query, such as `/api/v1/namespaces?limit=1`. */
  readonly path: string;
  readonly body?: unknown;
  /** `application/json` unless given. */
  readonly contentType?: string;
}

/** A client of one API server, over one set of kept connections. */
export interface ApiClient {
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** Server-side apply of one object; its namespace is `metadata.namespace`, or `default`. */
  apply(object: KubeObject, options: ApplyOptions): Promise<ApiAnswer>;
  get(object: KubeObject): Promise<ApiAnswer>;
  delete(object: KubeObject): Promise<ApiAnswer>;
  close(): void;
}

export interface ApiServerAddress {
  readonly port: number;
  readonly token: string;
  /** PEM text that its certificate is checked against. */
  readonly ca: string;
}

export function connect({ port, token, ca }: ApiServerAddress): ApiClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca });
  const resources = new Map<string, Resource>();

  const send = (call: ApiRequest): Promise<ApiAnswer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          host: '127.0.0.1',
          port,
          method: call.method,
          path: call.path,
          timeout: 30_000,
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            'content-type': call.contentType ?? 'application/json',
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const warnings = [incoming.headers.warning ?? []].flat();
            resolve(toAnswer(incoming.statusCode ?? 0, text, warnings));
          });
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`${call.method} ${call.path}: no answer in 30 s`)),
      );
      outgoing.on('error', reject);
      outgoing.end(call.body === undefined ? undefined : JSON.stringify(call.body));
    });

  const resourceOf = async ({ apiVersion, kind }: KubeObject): Promise<Resource> => {
    const key = `${apiVersion} ${kind}`;
    const known = resources.get(key);
    if (known !== undefined) return known;
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const answer = await send({ method: 'GET', path });
    for (const found of resourcesIn(answer, path)) resources.set(`${apiVersion} ${found.kind}`, found);
    const resource = resources.get(key);
    if (resource === undefined) throw new Error(`the API server serves no ${kind} of ${apiVersion}`);
    return resource;
  };

  const pathOf = async (object: KubeObject): Promise<string> => {
    const resource = await resourceOf(object);
    const namespace = resource.namespaced
      ? `/namespaces/${encode(object.metadata.namespace ?? 'default')}`
      : '';
    return `${resource.group}${namespace}/${resource.name}/${encode(object.metadata.name)}`;
  };

  return {
    request: send,
    async apply(object, { fieldManager, force = false, dryRun = false, fieldValidation = 'Strict' }) {
      const query = new URLSearchParams({ fieldManager, fieldValidation, force: String(force) });
      if (dryRun) query.set('dryRun', 'All');
      const path = `${await pathOf(object)}?${query}`;
      return send({ method: 'PATCH', path, body: object, contentType: 'application/apply-patch+yaml' });
    },
    get: async (object) => send({ method: 'GET', path: await pathOf(object) }),
    delete: async (object) => send({ method: 'DELETE', path: await pathOf(object) }),
    close: () => agent.destroy(),
  };
}

/** Where objects of a kind are: `{ group: '/apis/apps/v1', name: 'deployments', namespaced: true }`. */
interface Resource {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly namespaced: boolean;
}

interface ResourceListItem {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

function resourcesIn(answer: ApiAnswer, group: string): readonly Resource[] {
  if (!answer.ok) return [];
  // An APIResourceList; subresources such as deployments/scale share a kind with others and are left out.
  const items = (answer.object.resources ?? []) as readonly ResourceListItem[];
  return items
    .filter((item) => !item.name.includes('/'))
    .map(({ kind, name, namespaced }) => ({ kind, name, namespaced, group }));
}

function toAnswer(status: number, text: string, warnings: readonly string[]): ApiAnswer {
  const body = parse(text);
  if (status >= 200 && status < 300) {
    return { ok: true, status, object: body as KubeObject, warnings }; // what the API server sends is one
  }
  // A Status object, or anything at all from something that is no API server: hence every field is optional.
  const refusal = body as {
    reason?: string;
    message?: string;
    details?: { causes?: readonly StatusCause[] };
  };
  const { reason = '', message = text, details } = refusal;
  return { ok: false, status, reason, message, causes: details?.causes ?? [], warnings };
}

/** JSON, or an empty object for the few paths that answer in plain text (`/readyz`). */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const encode = encodeURIComponent;
