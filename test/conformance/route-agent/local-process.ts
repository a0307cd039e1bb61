/**
 * A process such as the API with mode local, which keeps the routes of its own Node. It runs in the network of a host, from
 * where it reaches what a test serves by relays. Its one argument is JSON of {@link LocalOrder}; its variables are those that
 * the chart gives to the API. After each change it says where it stands, a line of JSON of {@link LocalWord}.
 */
import { connect, createServer } from 'node:net';
import { parseRuntimeEnvironment } from '../../../src/contract/environment-codec.ts';
import { createController } from '../../../src/controller/controller.ts';
import { fileInventory } from '../../../src/controller/inventory/file.ts';
import { createMetrics } from '../../../src/controller/serving/metrics.ts';
import { systemClock } from '../../../src/kube/index.ts';
import { nodeTransport } from '../../../src/kube/requests/node-transport.ts';
import { thisHost } from '../../../src/route-agent/index.ts';

export interface LocalOrder {
  readonly host: { readonly url: string; readonly ca: string; readonly token: string };
  /** File with the inventory. */
  readonly inventory: string;
  /** Where the API servers of tenants are. */
  readonly tenants: string;
  /** Ports of this host behind which a socket of the file system leads elsewhere. */
  readonly relays: readonly { readonly port: number; readonly path: string }[];
}

export interface LocalWord {
  readonly mode?: string | undefined;
  readonly reason?: string | undefined;
  readonly findings: readonly string[];
  readonly troubles: readonly string[];
  /** Lines of the metrics of routes. */
  readonly metrics: readonly string[];
}

const order: LocalOrder = JSON.parse(process.argv[2] ?? '{}');
await Promise.all(
  order.relays.map(
    ({ port, path }) =>
      new Promise<void>((resolve) => {
        createServer((socket) => {
          const other = connect(path);
          socket.on('error', () => other.destroy());
          other.on('error', () => socket.destroy());
          socket.pipe(other).pipe(socket);
        }).listen(port, '127.0.0.1', resolve);
      }),
  ),
);
const parsed = parseRuntimeEnvironment(process.env);
const place = thisHost(process.env);
if (!parsed.ok || !place.ok) throw new Error(JSON.stringify([parsed, place]));

const troubles: string[] = [];
let said = '';
const metrics = createMetrics(() => controller.state());
const controller = createController({
  host: {
    server: order.host.url,
    identity: async () => ({ ok: true, value: { ca: order.host.ca, token: order.host.token } }),
  },
  config: parsed.config,
  inventory: fileInventory(order.inventory, systemClock),
  dns: [],
  thisHost: place.host,
  makeTransport: (target, identity) =>
    nodeTransport(/^https:\/\/vc\.vc-/.test(target) ? order.tenants : target, identity),
  handler: {
    localRoutes: metrics.localRoutes,
    onTrouble: ({ at, message }) => troubles.push(`${at}: ${message}`),
    onFault: (error) => troubles.push(String(error)),
  },
});

setInterval(() => void say(), 50);

async function say(): Promise<void> {
  const lines = (await metrics.text()).split('\n');
  const { findings, plan } = controller.state();
  const backend = plan?.status.clusters[0]?.backend;
  const word: LocalWord = {
    mode: backend?.mode,
    reason: backend?.reason,
    findings: findings.map(({ code, message }) => `${code}: ${message}`),
    troubles,
    metrics: lines.filter((line) => /^kubebyon_route_agent_(?!sync_duration|last_success)/.test(line)),
  };
  const line = JSON.stringify(word);
  if (line !== said) process.stdout.write(`${line}\n`);
  said = line;
}

process.on('SIGTERM', () => void controller.stop().then(() => process.exit(0)));
