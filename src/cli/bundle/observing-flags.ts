import { syncOptions } from '../commands/sync.ts';
import type { Arguments, Flag } from '../input/arguments.ts';
import { DNS_SERVER } from '../input/dns-server.ts';
import { KUBECONFIG } from '../input/process-flags.ts';
import type { SyncOptions } from '../sync/options.ts';

/** What a command is told that reads a live cluster as the planner sees it, and writes nothing. */
export const OBSERVING_FLAGS = [
  {
    name: 'inventory',
    argument: 'SOURCE',
    description: 'where the clusters stand, as for sync: edgecluster (the default), file=PATH, or http=URL',
  },
  {
    name: 'inventory-token-file',
    argument: 'FILE',
    description: 'file with the bearer token for http=URL',
  },
  KUBECONFIG,
  {
    name: 'env-from',
    argument: 'deployment/NS/NAME',
    description: 'takes the variables of a Deployment that runs instead of the environment',
  },
  { name: 'timeout', argument: 'DURATION', description: 'how long it reads at most: 60s unless given' },
  DNS_SERVER,
  {
    name: 'protected-cidr',
    argument: 'CIDR',
    description: 'a network of the host that no cluster may name; may be given several times',
  },
] as const satisfies readonly Flag[];

export type ObservingFlag = (typeof OBSERVING_FLAGS)[number]['name'];

/**
 * The command line as that of a sync that writes nothing.
 *
 * @throws UsageError naming the flag.
 */
export function observingOptions(args: Arguments<ObservingFlag>): SyncOptions {
  const own: readonly string[] = OBSERVING_FLAGS.map(({ name }) => name);
  const isOwn = (name: string): name is ObservingFlag => own.includes(name);
  return syncOptions({
    positionals: [],
    given: (flag) => (flag === 'dry-run' ? ['true'] : isOwn(flag) ? args.given(flag) : []),
  });
}
