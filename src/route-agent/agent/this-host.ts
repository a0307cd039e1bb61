import type { Environment, EnvironmentProblem } from '../../contract/environment-codec.ts';
import { type Kube, type Result, systemClock } from '../../kube/index.ts';
import { type Monitor, startMonitor } from '../kernel/monitor.ts';
import { ipRunner, type RunIp } from '../kernel/run-ip.ts';
import type { Host } from '../types.ts';
import { type AgentConfig, parseAgentEnvironment } from './config.ts';
import { hostReader } from './host-reader.ts';
import { checkCapability, checkPlace } from './place.ts';

/** The Node that this process runs on, for whoever keeps its routes without an agent beside it (mode local). */
export interface ThisHost {
  readonly config: AgentConfig;
  readonly run: RunIp;
  /** Why routes may not be changed from here; nothing is changed by asking. */
  readonly check: () => Promise<Result<undefined>>;
  readonly reader: (kube: Pick<Kube, 'get' | 'server'>) => Promise<() => Promise<Result<Host>>>;
  /** Tells that something of the kernel may be another. */
  readonly monitor: (onHint: () => void) => Monitor;
}

export type ReadThisHost =
  | { readonly ok: true; readonly host: ThisHost }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

const IP = 'ip';

/** Reads the variables that the chart gives to the API with mode local, which are those of an agent. */
export function thisHost(environment: Environment): ReadThisHost {
  const parsed = parseAgentEnvironment(environment);
  if (!parsed.ok) return parsed;
  const { config } = parsed;
  const run = ipRunner({ program: IP, timeoutMs: config.commandTimeoutMs, clock: systemClock });
  return {
    ok: true,
    host: {
      config,
      run,
      check: async () => {
        const may = await checkCapability();
        return may.ok ? checkPlace(run, config) : may;
      },
      reader: (kube) => hostReader(kube, config, environment),
      monitor: (onHint) => startMonitor({ program: IP, clock: systemClock, onHint }),
    },
  };
}
