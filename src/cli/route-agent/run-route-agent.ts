import { describeEnvironmentProblem } from '../../contract/environment-codec.ts';
import { type Credentials, connect, systemClock } from '../../kube/index.ts';
import { jsonLog } from '../../process/json-log.ts';
import {
  type AgentConfig,
  type AgentState,
  checkPlace,
  hostReader,
  ipRunner,
  lineOf,
  parseAgentEnvironment,
  type RunIp,
  startMonitor,
  startRouteAgent,
} from '../../route-agent/index.ts';
import type { ProcessFlags } from '../input/process-flags.ts';
import type { Outcome } from '../outcome.ts';
import { failureText } from '../sync/failure-text.ts';
import { hostCredentials } from '../sync/host-credentials.ts';
import { textLog } from '../sync/log.ts';
import { printable } from '../text/printable.ts';
import { styleOf } from '../text/style.ts';
import { keepHeapSmall } from './small-heap.ts';
import { tellOfAgent } from './teller.ts';

const IP = 'ip';

/** Runs an agent until it is done, or until somebody ends it. */
export async function runRouteAgent(flags: ProcessFlags): Promise<Outcome> {
  keepHeapSmall();
  const credentials = await hostCredentials(flags.kubeconfig);
  if (!credentials.ok) return { exitCode: 66, stderr: failureText(credentials.failure) };
  const parsed = parseAgentEnvironment(process.env);
  if (!parsed.ok) {
    const lines = parsed.problems.map((one) => `error: ${printable(describeEnvironmentProblem(one))}\n`);
    return {
      exitCode: 1,
      stderr: `${lines.join('')}  hint: compare with docs/runtime.md, Variables\n`,
    };
  }
  const { config } = parsed;
  const run = ipRunner({ program: IP, timeoutMs: config.commandTimeoutMs, clock: systemClock });
  const here = await checkPlace(run, config);
  if (!here.ok) return { exitCode: 1, stderr: failureText(here.failure) };
  return keep(credentials.value, config, run, flags);
}

type End = 'done' | 'signal' | 'timeout';

async function keep(
  credentials: Credentials,
  config: AgentConfig,
  run: RunIp,
  { logFormat, once, dryRun, timeoutMs, metricsAddress }: ProcessFlags,
): Promise<Outcome> {
  const write = (text: string): void => void process.stderr.write(text);
  const log = logFormat === 'text' ? textLog(write, styleOf(2)) : jsonLog(write);
  const teller = tellOfAgent(log);
  const kube = connect(credentials, { userAgent: 'kubebyon-route-agent' });
  const ended = Promise.withResolvers<End>();
  const agent = startRouteAgent({
    config,
    run,
    from: { kube },
    readHost: await hostReader(kube, config, process.env),
    dryRun,
    clock: systemClock,
    random: Math.random,
    handler: {
      ...teller.handler,
      onState: () => {
        if (once && isDone(agent.state(), dryRun)) ended.resolve('done');
      },
    },
  });
  const refused =
    metricsAddress === undefined ? undefined : await teller.serve(agent, metricsAddress, config.intervalMs);
  const monitor = once
    ? undefined
    : startMonitor({ program: IP, clock: systemClock, onHint: () => agent.hint() });
  const onSignal = (): void => ended.resolve('signal');
  process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
  const cancel = once ? systemClock.after(timeoutMs, () => ended.resolve('timeout')) : () => undefined;
  const end = refused === undefined ? await ended.promise : 'signal';
  cancel();
  const state = agent.state();
  monitor?.stop();
  await agent.stop();
  await teller.stop();
  await kube.close();
  return refused === undefined ? outcomeOf(end, state, { once, dryRun }) : { exitCode: 1, stderr: refused };
}

/** How `--once` ends: everything stands and is reported; of a dry run, one look is enough. */
function isDone({ round, failure, isReported }: AgentState, dryRun: boolean): boolean {
  if (round === undefined || failure !== undefined) return false;
  return dryRun || (round.left.length === 0 && isReported);
}

function outcomeOf(
  end: End,
  { round, arePlansRead, isNodeRead, failure, isReported }: AgentState,
  { once, dryRun }: Pick<ProcessFlags, 'once' | 'dryRun'>,
): Outcome {
  if (dryRun && end === 'done') {
    const lines = (round?.left ?? []).map((op) => `ip -${op.route.range.family} ${lineOf(op)}\n`);
    return { exitCode: 0, stdout: lines.length === 0 ? 'nothing to change\n' : lines.join('') };
  }
  if (end === 'done' || (end === 'signal' && !once)) return { exitCode: 0 };
  const missing = [
    ...(isNodeRead ? [] : ['the Node was not read']),
    ...(arePlansRead ? [] : ['the RoutePlans were not read']),
    ...(failure === undefined ? [] : [`${failure.at}: ${failure.message}`]),
    ...(round === undefined || round.left.length === 0 ? [] : [`${round.left.length} changes are left`]),
    ...(round === undefined || isReported ? [] : ['not every report is stored']),
  ].map((line) => `  ${printable(line)}\n`);
  return {
    exitCode: 1,
    stderr: `error: expected the routes to stand within --timeout, found that they do not\n${missing.join('')}`,
  };
}
