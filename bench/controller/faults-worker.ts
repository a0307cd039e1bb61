import { readFileSync } from 'node:fs';
import { connect } from '../../src/kube/index.ts';
import { startFaultProxy } from '../../test/support/fault-proxy/proxy.ts';
import { type ClientNode, loadClientNode } from './client-node.ts';
import { create, credentialsOf, done, eachOf, type HostAddress } from './host.ts';
import { informerObserver, type Observer, watchObserver } from './observers.ts';
import { pause } from './running.ts';
import { type Bench, CONFIG_MAPS, GROUPS } from './watch-faults.ts';

/** Who has survived which group of faults of a watch. */
export interface FaultsReport {
  readonly groups: readonly { readonly name: string; readonly ours: boolean; readonly informer: boolean }[];
}

const HEARD_WITHIN_MS = 8_000;
/** The proxies and both clients share two processors with the API server. */
const IN_FLIGHT = 8;

/** Breaks the watches of our client and of `@kubernetes/client-node`, each behind a proxy of its own on a real API server. */
async function main([hostFile = '', entry = '']: readonly string[]): Promise<void> {
  const host: HostAddress = JSON.parse(readFileSync(hostFile, 'utf8'));
  const client = await loadClientNode(entry);
  const survived = new Map<string, boolean>();
  const runs = GROUPS.flatMap((_, index) => [`ours ${index}`, `informer ${index}`]);
  // Of an informer whose handler throws, Node ends the process unless somebody hears it; then it is counted and ended here.
  process.on('unhandledRejection', () => undefined);
  await eachOf(runs.length, IN_FLIGHT, async (number) => {
    const key = runs[number] ?? '';
    survived.set(key, await runOne(key, host, client));
  });
  const groups = GROUPS.map(({ name }, index) => ({
    name,
    ours: survived.get(`ours ${index}`) === true,
    informer: survived.get(`informer ${index}`) === true,
  }));
  console.log(JSON.stringify({ groups } satisfies FaultsReport));
  process.exit(0);
}

async function runOne(key: string, host: HostAddress, client: ClientNode): Promise<boolean> {
  const [who, index = ''] = key.split(' ');
  const group = GROUPS[Number(index)];
  if (group === undefined) throw new Error(`no group ${index}`);
  const namespace = `faults-${who}-${index}`;
  const kube = connect(credentialsOf(host));
  const proxy = await startFaultProxy({ port: host.port, ca: host.ca });
  const server = { url: proxy.url, ca: proxy.ca, token: host.token };
  const made: Observer =
    who === 'ours' ? watchObserver(server, namespace) : informerObserver(client, server, namespace);
  const put = (name: string): Promise<unknown> =>
    create(kube, CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
  const bench: Bench = {
    proxy,
    observer: made,
    put,
    remove: async (name) => {
      const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
      await done(() => kube.requester.call({ method: 'DELETE', path }));
    },
    within: async (holds) => {
      const deadline = performance.now() + HEARD_WITHIN_MS;
      while (!holds() && performance.now() < deadline) await pause(50);
      return holds();
    },
  };
  const namespaces = { group: '', version: 'v1', plural: 'namespaces' };
  await create(kube, namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await put('first');
  const isSurvived = await group.run(bench);
  await made.stop();
  await proxy.stop();
  await kube.close();
  return isSurvived;
}

await main(process.argv.slice(2));
