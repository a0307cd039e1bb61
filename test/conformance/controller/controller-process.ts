/**
 * A controller in a process of its own. Its one argument is JSON of {@link ControllerOrder}. After each change it says where
 * it stands, a line of JSON of {@link ControllerWord}.
 */
import { createController } from '../../../src/controller/controller.ts';
import { fileInventory } from '../../../src/controller/inventory/file.ts';
import { systemClock } from '../../../src/kube/index.ts';
import { nodeTransport } from '../../../src/kube/requests/node-transport.ts';
import { gatewayConfig } from '../../support/worlds.ts';

export interface ControllerOrder {
  readonly host: { readonly url: string; readonly ca: string; readonly token: string };
  /** File with the inventory. */
  readonly inventory: string;
  /** By namespace: where the API server of a cluster `vc` there really is. */
  readonly tenants: Readonly<Record<string, string>>;
}

export interface ControllerWord {
  readonly isIdle: boolean;
  readonly isPlanned: boolean;
  /** By cluster: why it cannot be read. */
  readonly failures: Readonly<Record<string, string>>;
  /** By cluster: codes of findings, in order. */
  readonly findings: Readonly<Record<string, readonly string[]>>;
  readonly faults: readonly string[];
}

const order: ControllerOrder = JSON.parse(process.argv[2] ?? '{}');
const faults: string[] = [];
let said = '';

const controller = createController({
  host: {
    server: order.host.url,
    identity: async () => ({ ok: true, value: { ca: order.host.ca, token: order.host.token } }),
  },
  config: gatewayConfig(),
  inventory: fileInventory(order.inventory, systemClock),
  dns: [],
  makeTransport: (target, identity) => {
    const [, namespace = ''] = /^https:\/\/vc\.([-\w]+):/.exec(target) ?? [];
    return nodeTransport(order.tenants[namespace] ?? target, identity);
  },
  handler: { onFault: (error) => faults.push(String(error)) },
});

setInterval(say, 50);

function say(): void {
  const { tenants, findings, isIdle, plan } = controller.state();
  const byCluster = Map.groupBy(findings, ({ cluster }) => cluster ?? '');
  const word: ControllerWord = {
    isIdle,
    isPlanned: plan !== undefined,
    failures: Object.fromEntries(
      tenants.failures.map(({ cluster, failure }) => [cluster, `${failure.at}: ${failure.message}`]),
    ),
    findings: Object.fromEntries(
      [...byCluster].map(([id, list]) => [id, list.map(({ code }) => code).toSorted()]),
    ),
    faults,
  };
  const line = JSON.stringify(word);
  if (line !== said) process.stdout.write(`${line}\n`);
  said = line;
}

process.on('SIGTERM', () => void controller.stop().then(() => process.exit(0)));
