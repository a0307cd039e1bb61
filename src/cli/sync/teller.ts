import {
  type Controller,
  type ControllerHandler,
  type ControllerState,
  createMetrics,
  failureEntry,
  faultEntry,
  healthOf,
  type Log,
  type Metrics,
  plannedEntries,
  readinessOf,
  type Serving,
  serve,
  writtenEntry,
} from '../../controller/index.ts';
import { systemClock } from '../../kube/index.ts';
import type { Finding } from '../../planner/index.ts';
import type { SyncOptions } from './options.ts';
import type { Screen } from './screen.ts';

/** Tells what a controller does: to the log, to the terminal, to whoever asks for metrics. */
export interface Teller {
  readonly handler: ControllerHandler;
  readonly log: Log;
  /** Answers what is asked about a controller; says why it cannot. */
  start(controller: Controller): Promise<string | undefined>;
  stop(): Promise<void>;
}

export function tellOf(
  { dryRun, metricsAddress }: Pick<SyncOptions, 'dryRun' | 'metricsAddress'>,
  log: Log,
  screen: Pick<Screen, 'show' | 'isShown'>,
): Teller {
  let controller: Controller | undefined;
  let metrics: Metrics | undefined;
  let serving: Serving | undefined;
  let findings: readonly Finding[] = [];
  let troubles = new Set<string>();
  let writes = 0;
  /** Sources that fail are told once, as long as they fail for the same reason. */
  const tellTroubles = (state: ControllerState): void => {
    const { host, inventory, tenants, leaseTrouble } = state;
    const entries = [
      ...host.failures.map((failure) => failureEntry('host', failure)),
      ...(inventory.failure === undefined ? [] : [failureEntry('inventory', inventory.failure)]),
      ...(leaseTrouble === undefined ? [] : [failureEntry('lease', leaseTrouble)]),
      ...tenants.failures.map(({ cluster, failure }) => failureEntry('tenant', failure, cluster)),
    ];
    for (const entry of entries) if (!troubles.has(entry.message)) log(entry);
    troubles = new Set(entries.map(({ message }) => message));
  };
  const look = (): void => {
    const state = controller?.state();
    if (state === undefined) return;
    tellTroubles(state);
    screen.show(state, writes);
  };
  // However much happens, a look twice a second is enough for whoever reads it.
  let cancelLook: (() => void) | undefined;
  const lookSoon = (): void => {
    cancelLook ??= systemClock.after(screen.isShown ? 100 : 500, () => {
      cancelLook = undefined;
      look();
    });
  };
  return {
    log,
    handler: {
      onPlanned: (planned, milliseconds) => {
        metrics?.planned(planned, milliseconds);
        const now = controller?.state().findings ?? [];
        if (!dryRun) for (const entry of plannedEntries(findings, now)) log(entry);
        findings = now;
      },
      onWritten: (action, verdict) => {
        metrics?.written(action, verdict);
        writes += verdict.kind === 'done' ? 1 : 0;
        log(writtenEntry(action, verdict));
      },
      localRoutes: {
        onRound: (round, milliseconds) => metrics?.localRoutes.onRound?.(round, milliseconds),
        onResult: (result, isReinstalled) => metrics?.localRoutes.onResult?.(result, isReinstalled),
        onTrouble: (event, failure) => metrics?.localRoutes.onTrouble?.(event, failure),
      },
      onState: lookSoon,
      onLeading: () => {
        if (!dryRun)
          log({ level: 'info', message: 'this process writes from now on', fields: { event: 'leading' } });
      },
      onTrouble: (failure) => log(failureEntry('status', failure)),
      onFault: (error) => {
        metrics?.fault();
        log(faultEntry(error));
      },
    },
    start: async (started) => {
      controller = started;
      if (metricsAddress === undefined) return undefined;
      metrics = createMetrics(started.state);
      try {
        serving = await serve({
          ...metricsAddress,
          metrics,
          health: () => healthOf(started.state(), systemClock.now()),
          readiness: () => readinessOf(started.state()),
        });
        return undefined;
      } catch (error) {
        const { host, port } = metricsAddress;
        const found = error instanceof Error && 'code' in error ? String(error.code) : 'none';
        return `error: --metrics-address: expected to listen on ${host} port ${port}, found ${found}\n  hint: choose another address\n`;
      }
    },
    stop: async () => {
      cancelLook?.();
      look();
      await serving?.stop();
    },
  };
}
