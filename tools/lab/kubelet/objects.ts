import type { ApiClient, KubeObject } from '../../../test/conformance/support/api-client.ts';

/** The fields of a Pod that are looked at, as the API server gives them. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly hostNetwork?: boolean;
    readonly containers: readonly Container[];
    readonly volumes?: readonly Volume[];
  };
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
  }[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly readinessProbe?: {
    readonly httpGet?: { readonly host?: string; readonly port: number | string; readonly path?: string };
  };
}

export interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly items?: readonly VolumeItem[] };
  readonly configMap?: { readonly name: string; readonly items?: readonly VolumeItem[] };
  readonly projected?: {
    readonly sources: readonly {
      readonly secret?: { readonly name: string; readonly items?: readonly VolumeItem[] };
      readonly configMap?: { readonly name: string; readonly items?: readonly VolumeItem[] };
      readonly serviceAccountToken?: TokenSource;
    }[];
  };
}

export interface VolumeItem {
  readonly key: string;
  readonly path: string;
}

export interface TokenSource {
  readonly path: string;
  readonly audience?: string;
  readonly expirationSeconds?: number;
}

export interface Service {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly type?: string; readonly selector?: Readonly<Record<string, string>> };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly unknown[] } };
}

/** The objects of a path; the API server is trusted to give what the path says. */
export async function list<T>(api: ApiClient, path: string): Promise<readonly T[]> {
  const { items } = await must(api, { method: 'GET', path });
  return Array.isArray(items) ? items : [];
}

/** Sends a request that must succeed. */
export async function must(
  api: ApiClient,
  request: Parameters<ApiClient['request']>[0],
): Promise<KubeObject> {
  const answer = await api.request(request);
  if (!answer.ok) throw new Error(`${request.method} ${request.path}: ${answer.message}`);
  return answer.object;
}

export function podPath({ metadata }: Pick<Pod, 'metadata'>): string {
  return `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
}

/** A token of the account of a Pod, bound to the Pod, so that it names its Node too. */
export async function podToken(api: ApiClient, pod: Pod, source: Partial<TokenSource> = {}): Promise<string> {
  const { namespace, name, uid } = pod.metadata;
  const { status } = await must(api, {
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${pod.spec.serviceAccountName ?? 'default'}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        ...(source.audience === undefined ? {} : { audiences: [source.audience] }),
        expirationSeconds: Math.max(source.expirationSeconds ?? 86_400, 600),
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
      },
    },
  });
  return String(Object(status).token);
}
