import { command } from '../command.ts';
import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { DNS_SERVER, dnsServerOf } from '../input/dns-server.ts';
import { KUBECONFIG, ONCE_TIMEOUT, processFlagsOf } from '../input/process-flags.ts';
import type { Outcome } from '../outcome.ts';
import type { SyncOptions } from '../sync/options.ts';
import { UsageError } from '../usage.ts';

const flags = [
  {
    name: 'inventory',
    argument: 'SOURCE',
    description:
      'where the clusters stand: edgecluster (the default), the EdgeClusters of the host cluster; file=PATH, the inventory part of a World; or http=URL',
  },
  {
    name: 'inventory-token-file',
    argument: 'FILE',
    description: 'file with the bearer token for http=URL, read for each request',
  },
  KUBECONFIG,
  {
    name: 'env-from',
    argument: 'deployment/NS/NAME',
    description: 'takes the variables of a Deployment that runs instead of the environment',
  },
  { name: 'once', description: 'ends when everything is read and nothing is left to write' },
  ONCE_TIMEOUT,
  { name: 'dry-run', description: 'writes nothing, and prints what it would write as plan does' },
  {
    name: 'lease-namespace',
    argument: 'NS',
    description: 'namespace of the Lease by which one process writes at a time',
  },
  { name: 'no-leader-election', description: 'writes without a Lease: nobody else may write meanwhile' },
  {
    name: 'metrics-address',
    argument: 'HOST:PORT',
    description: 'answers /metrics, /healthz and /readyz there; :PORT is every address of the Pod',
  },
  DNS_SERVER,
  {
    name: 'protected-cidr',
    argument: 'CIDR',
    description: 'a network of the host that no cluster may name; may be given several times',
  },
  {
    name: 'log-format',
    argument: 'FORMAT',
    choices: ['json', 'text'],
    description: 'text (the default on a terminal), or json: one line for each write and finding',
  },
] as const satisfies readonly Flag[];

type Name = (typeof flags)[number]['name'];

export const sync = command({
  name: 'sync',
  summary: 'Keep what is planned on the host cluster: observe, plan, write, again and again.',
  words: [],
  flags,
  details: [
    'The configuration comes from the variables that the chart gives to the API container (docs/runtime.md, Variables). Only objects that the runtime has written before are ever changed or deleted.',
    'One process writes at a time: the one that holds the Lease kubebyon-edge-sync. Another one waits, and takes over within 17 s when that one dies.',
    'With --once it ends with 0 when everything is read and nothing is left to write, and with 1 when that is not reached within the timeout or a write was refused.',
  ],
  example:
    'sync --inventory file=inventory.yaml --env-from deployment/kubebyon-system/kubebyon-kubebyon-api --once',
  run: async (args): Promise<Outcome> => {
    const options = syncOptions(args);
    const { runSync } = await import('../sync/run-sync.ts');
    return runSync(options);
  },
});

/** @throws UsageError naming the flag. */
export function syncOptions(args: Arguments<Name>): SyncOptions {
  const ofProcess = processFlagsOf(args);
  const envFrom = lastOf(args, 'env-from');
  const leaseNamespace = lastOf(args, 'lease-namespace');
  return {
    ...ofProcess,
    inventory: inventoryOf(lastOf(args, 'inventory'), lastOf(args, 'inventory-token-file')),
    ...(envFrom === undefined ? {} : { envFrom }),
    ...(leaseNamespace === undefined ? {} : { leaseNamespace }),
    leaderElection: !isOn(args, 'no-leader-election') && !ofProcess.dryRun,
    dnsServers: args.given('dns-server').map(dnsServerOf),
    protectedCIDRs: args.given('protected-cidr'),
  };
}

function inventoryOf(text: string | undefined, tokenFile: string | undefined): SyncOptions['inventory'] {
  if (text === undefined || text === 'edgecluster') return { kind: 'edgecluster' };
  const [kind, value = ''] = splitAtFirst(text);
  if (kind === 'file' && value !== '') return { kind, path: value };
  if (kind === 'http' && URL.canParse(value)) {
    return { kind, url: value, ...(tokenFile === undefined ? {} : { tokenFile }) };
  }
  throw new UsageError(
    `--inventory: expected edgecluster, file=PATH or http=URL, found ${JSON.stringify(text)}`,
    'write --inventory file=inventory.yaml',
  );
}

function splitAtFirst(text: string): readonly string[] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}
