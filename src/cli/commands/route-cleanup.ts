import {
  DEFAULT_ROUTE_PROTOCOL,
  ROUTE_PROTOCOL_BOUNDS,
  TAKEN_ROUTE_PROTOCOLS,
} from '../../contract/route-protocols.ts';
import { command } from '../command.ts';
import { type Flag, lastOf } from '../input/arguments.ts';
import { KUBECONFIG, kubeconfigOf, timeoutOf } from '../input/process-flags.ts';
import type { Outcome } from '../outcome.ts';
import { UsageError } from '../usage.ts';

const flags = [
  {
    name: 'namespace',
    argument: 'NS',
    description: 'namespace of the RoutePlans',
  },
  {
    name: 'lease-namespace',
    argument: 'NS',
    description: 'namespace of the Lease of whoever plans; that of the RoutePlans unless given',
  },
  KUBECONFIG,
  {
    name: 'protocol',
    argument: 'NUMBER',
    description: `routeAgent.protocol of the release, for what is said about Nodes that are left: ${DEFAULT_ROUTE_PROTOCOL} unless given`,
  },
  {
    name: 'timeout',
    argument: 'DURATION',
    description: 'how long agents have for taking their routes away: 60s unless given, or 500ms, 5m',
  },
] as const satisfies readonly Flag[];

export const routeCleanup = command({
  name: 'route-cleanup',
  summary: 'Take the routes of all route agents away: before an uninstallation, or before the agents go.',
  words: [],
  flags,
  details: [
    'It takes the Lease kubebyon-edge-sync, so that nobody plans any more, empties the RoutePlans, waits until the agents say that no route of theirs is left, and deletes the RoutePlans. Whoever planned goes on 15 s after it has ended, unless it is uninstalled by then.',
    'It ends with 0 also when agents have not said so in time, and names their Nodes: there the command "ip route flush proto NUMBER" takes away what is left, with the number of --protocol and that of its guards, which is the next one, and "ip -6 route flush proto NUMBER" for IPv6. It names both.',
  ],
  example: 'route-cleanup --namespace kubebyon-system --timeout 60s',
  run: async (args): Promise<Outcome> => {
    const namespace = lastOf(args, 'namespace');
    if (namespace === undefined)
      throw new UsageError('route-cleanup needs --namespace', 'write --namespace kubebyon-system');
    const options = {
      namespace,
      leaseNamespace: lastOf(args, 'lease-namespace') ?? namespace,
      timeoutMs: timeoutOf(args),
      protocol: protocolOf(lastOf(args, 'protocol')),
      ...kubeconfigOf(args),
    };
    const { runRouteCleanup } = await import('../route-cleanup/run-route-cleanup.ts');
    return runRouteCleanup(options);
  },
});

/** @throws UsageError for a number that the values refuse too. */
function protocolOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_ROUTE_PROTOCOL;
  const [least, most] = ROUTE_PROTOCOL_BOUNDS;
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  const isTaken = TAKEN_ROUTE_PROTOCOLS.some((taken) => taken === number);
  if (number >= least && number <= most && !isTaken) return number;
  throw new UsageError(
    `--protocol: expected a number from ${least} to ${most} other than ${TAKEN_ROUTE_PROTOCOLS.join(', ')}, found ${JSON.stringify(text)}`,
    'write routeAgent.protocol of the release, such as --protocol 157',
  );
}
