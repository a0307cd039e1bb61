import { type ClientNode, configFor, loadClientNode } from './client-node.ts';
import { eachOf } from './host.ts';
import type { Outside } from './tenants-worker.ts';
import { maxResident, processTime } from './watched-process.ts';

/** Figures of informers on every tenant. Times are milliseconds. */
export interface InformerReport {
  /** Until every list of every tenant was there. */
  readonly observed: number;
  readonly processor: number;
  readonly maxResident: number;
}

/** As many tenants as the controller opens at a time. */
const OPENING = 64;
const SELECTION = { namespace: 'ingress', labelSelector: 'app=ingress' };
const SERVICE = { namespace: 'ingress', fieldSelector: 'metadata.name=ingress' };

/** Reads of every tenant what the controller reads, by the informers of `@kubernetes/client-node`. */
async function main([entry = '', clusters = '', text = '']: readonly string[]): Promise<void> {
  const outside: Outside = JSON.parse(text);
  const client = await loadClientNode(entry);
  const [start, spent] = [performance.now(), processTime()];
  await eachOf(Number(clusters), OPENING, (index) => observe(client, index, outside));
  const report: InformerReport = {
    observed: performance.now() - start,
    processor: processTime() - spent,
    maxResident: maxResident(),
  };
  console.log(JSON.stringify(report));
  process.exit(0);
}

async function observe(client: ClientNode, index: number, outside: Outside): Promise<void> {
  const { ca, cert, key, tenantsPort } = outside;
  const server = { url: `https://127.0.0.1:${tenantsPort}`, ca, cert, key, token: `tenant-${index}` };
  const config = configFor(client, server);
  const api = config.makeApiClient(client.CoreV1Api);
  const informers = [
    client.makeInformer(config, '/api/v1/nodes', () => api.listNode()),
    client.makeInformer(config, '/api/v1/namespaces/ingress/pods', () => api.listNamespacedPod(SELECTION)),
    client.makeInformer(config, '/api/v1/namespaces/ingress/services', () =>
      api.listNamespacedService(SERVICE),
    ),
  ];
  for (const informer of informers)
    informer.on('error', (error) => console.error(`informer: ${String(error)}`));
  await Promise.all(informers.map((informer) => informer.start()));
}

await main(process.argv.slice(2));
