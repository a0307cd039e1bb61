import { command } from '../command.ts';
import { type Arguments, type Flag, isOn, lastOf } from '../input/arguments.ts';
import { durationOf, listenAddressOf, logFormatOf } from '../input/process-flags.ts';
import type { Outcome } from '../outcome.ts';
import type { RouteAgentFlags } from '../route-agent/flags.ts';

const flags = [
  {
    name: 'kubeconfig',
    argument: 'FILE',
    description:
      'kubeconfig of the host cluster; that of the Pod, $KUBECONFIG or ~/.kube/config unless given',
  },
  { name: 'once', description: 'ends when the routes stand as the plans say and that is reported' },
  {
    name: 'timeout',
    argument: 'DURATION',
    description: 'how long --once tries: 60s unless given, or 500ms, 5m',
  },
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

type Name = (typeof flags)[number]['name'];

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
    const given = routeAgentFlags(args);
    const { runRouteAgent } = await import('../route-agent/run-route-agent.ts');
    return runRouteAgent(given);
  },
});

/** @throws UsageError naming the flag. */
function routeAgentFlags(args: Arguments<Name>): RouteAgentFlags {
  const kubeconfig = lastOf(args, 'kubeconfig');
  const metricsAddress = listenAddressOf(lastOf(args, 'metrics-address'));
  const dryRun = isOn(args, 'dry-run');
  return {
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(metricsAddress === undefined ? {} : { metricsAddress }),
    // What is only shown is shown once.
    once: isOn(args, 'once') || dryRun,
    dryRun,
    timeoutMs: durationOf(lastOf(args, 'timeout') ?? '60s'),
    logFormat: logFormatOf(lastOf(args, 'log-format')),
  };
}
