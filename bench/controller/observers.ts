import { connect } from '../../src/kube/index.ts';
import { at, textAt } from '../../src/kube/json.ts';
import { type ClientNode, configFor, type Server } from './client-node.ts';
import { CONFIG_MAPS } from './watch-faults.ts';

/** A watch of the ConfigMaps of a namespace, by whichever client. */
export interface Observer {
  /** What was heard, in order: `added a`, `changed a`, `removed a`. */
  readonly heard: readonly string[];
  /** Called with each; what it throws is the client's to bear. */
  onHeard: () => void;
  start(): void;
  stop(): Promise<void>;
}

export function watchObserver({ url, ca, token }: Server, namespace: string): Observer {
  const heard: string[] = [];
  const kube = connect({ server: url, identity: async () => ({ ok: true, value: { ca, token } }) });
  let stop = async (): Promise<void> => undefined;
  const observer: Observer = {
    heard,
    onHeard: () => undefined,
    start: () => {
      const watch = kube.watch(
        { resource: CONFIG_MAPS, namespace },
        {
          onChanges: (changes) => {
            for (const change of changes) {
              const name = change.kind === 'removed' ? change.key.split('/')[1] : change.object.metadata.name;
              heard.push(`${change.kind} ${name}`);
              observer.onHeard();
            }
          },
        },
      );
      stop = async () => {
        await watch.stop();
        await kube.close();
      };
    },
    stop: () => stop(),
  };
  return observer;
}

const EVENTS = { add: 'added', update: 'changed', delete: 'removed' } as const;

/** The informer as it is; its `error` event is heard, and nothing is started again by hand. */
export function informerObserver(client: ClientNode, server: Server, namespace: string): Observer {
  const heard: string[] = [];
  const config = configFor(client, server);
  const api = config.makeApiClient(client.CoreV1Api);
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const informer = client.makeInformer(config, path, () => api.listNamespacedConfigMap({ namespace }));
  const observer: Observer = {
    heard,
    onHeard: () => undefined,
    start: () => {
      informer.on('error', () => undefined);
      for (const event of ['add', 'update', 'delete'] as const) {
        informer.on(event, (object) => {
          heard.push(`${EVENTS[event]} ${textAt(at(object, 'metadata'), 'name')}`);
          observer.onHeard();
        });
      }
      informer.start().catch(() => undefined);
    },
    stop: () => informer.stop(),
  };
  return observer;
}
