import { command } from '../command.ts';
import type { Flag } from '../input/arguments.ts';
import { KUBECONFIG, ONCE_TIMEOUT, processFlagsOf } from '../input/process-flags.ts';
import type { Outcome } from '../outcome.ts';

const flags = [
  KUBECONFIG,
  { name: 'once', description: 'ends when the routes stand as the plans say and that is reported' },
  ONCE_TIMEOUT,
  { name: 'dry-run', description: 'changes and reports nothing, and prints the commands that it would run' },
  {
    name: 'metrics-address',
    argument: 'HOST:PORT',
    description: 'answers /metrics, /healthz and /readyz there; the port is one of the Node',
  },
  {
    name: 'log-format',
    argument: 'FORMAT',
    choices: ['json', 'text'],
    description: 'text (the default on a terminal), or json: one line for each change and issue',
  },
] as const satisfies readonly Flag[];

export const routeAgent = command({
  name: 'route-agent',
  summary: 'Keep the routes of RoutePlans in the kernel of this Node.',
  words: [],
  flags,
  details: [
    'The configuration comes from the variables that the chart gives to the DaemonSet (docs/runtime.md, Variables). Only routes with its own protocol number are ever changed, never that of another program and never the default route.',
    'It needs iproute2, NET_ADMIN and the network of the Node; anywhere else it ends at once and touches nothing. When it ends, routes stay. docs/route-agent.md says what it does and why.',
    'With --once it ends with 0 when every route that may stand does, and with 1 when that is not reached within the timeout.',
  ],
  example: 'route-agent --once --dry-run',
  run: async (args): Promise<Outcome> => {
    const given = processFlagsOf(args);
    const { runRouteAgent } = await import('../route-agent/run-route-agent.ts');
    return runRouteAgent(given);
  },
});
