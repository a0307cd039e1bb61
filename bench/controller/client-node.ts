/** What is used of `@kubernetes/client-node`. It is installed apart from the project, so its own types may not be there. */
export interface ClientNode {
  readonly KubeConfig: new () => KubeConfig;
  readonly CoreV1Api: unknown;
  makeInformer(config: KubeConfig, path: string, list: () => Promise<unknown>): Informer;
}

export interface KubeConfig {
  loadFromOptions(options: object): void;
  makeApiClient(type: unknown): CoreV1;
}

export interface CoreV1 {
  listNode(): Promise<unknown>;
  listNamespacedPod(options: {
    readonly namespace: string;
    readonly labelSelector: string;
  }): Promise<unknown>;
  listNamespacedService(options: {
    readonly namespace: string;
    readonly fieldSelector: string;
  }): Promise<unknown>;
  listNamespacedConfigMap(options: { readonly namespace: string }): Promise<unknown>;
}

export interface Informer {
  on(event: 'add' | 'update' | 'delete' | 'error', hear: (what: unknown) => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  list(): readonly unknown[];
}

/** @param file the package's entry, where it is installed. */
export async function loadClientNode(file: string): Promise<ClientNode> {
  const loaded: ClientNode = await import(file);
  return loaded;
}

export interface Server {
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  readonly token: string;
  readonly cert?: string;
  readonly key?: string;
}

export function configFor(
  { KubeConfig: Config }: ClientNode,
  { url, ca, token, cert, key }: Server,
): KubeConfig {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const config = new Config();
  config.loadFromOptions({
    clusters: [{ name: 'a', server: url, caData: base64(ca), skipTLSVerify: false }],
    users: [
      {
        name: 'a',
        token,
        ...(cert === undefined || key === undefined ? {} : { certData: base64(cert), keyData: base64(key) }),
      },
    ],
    contexts: [{ name: 'a', cluster: 'a', user: 'a' }],
    currentContext: 'a',
  });
  return config;
}
