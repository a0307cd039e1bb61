import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import {
  type Controller,
  type ControllerState,
  createController,
  dnsClient,
  faultEntry,
  fileInventory,
  httpInventory,
  type InventorySource,
  plannedEntries,
  writtenEntry,
} from '../../controller/index.ts';
import { type Credentials, systemClock } from '../../kube/index.ts';
import { planText } from '../../planner/engine/describe.ts';
import type { Finding } from '../../planner/index.ts';
import type { Outcome } from '../outcome.ts';
import { printable } from '../text/printable.ts';
import { styleOf } from '../text/style.ts';
import { syncConfig } from './config.ts';
import { type End, endOf } from './ended.ts';
import { failureText } from './failure-text.ts';
import { hostCredentials } from './host-credentials.ts';
import { jsonLog, type Log, textLog } from './log.ts';
import type { SyncOptions } from './options.ts';
import { unfinishedText } from './progress.ts';
import { startScreen } from './screen.ts';

/** Runs a controller until it is done, or until somebody ends it. */
export async function runSync(options: SyncOptions): Promise<Outcome> {
  const host = await hostCredentials(options.kubeconfig);
  if (!host.ok) return { exitCode: 66, stderr: failureText(host.failure) };
  const config = await syncConfig(host.value, options.envFrom);
  if (!config.ok) return { exitCode: 1, stderr: config.stderr };
  const screen = startScreen(process.stderr);
  screen.write(config.warnings);
  const log =
    options.logFormat === 'text'
      ? textLog(screen.write, styleOf(2))
      : jsonLog(screen.write, () => new Date());
  const { end, state } = await keep(host.value, config.config, options, { log, show: screen.show });
  screen.end();
  return outcomeOf(end, state, options);
}

interface Telling {
  readonly log: Log;
  readonly show: (state: ControllerState, writes: number) => void;
}

async function keep(
  host: Credentials,
  config: RuntimeConfig,
  options: SyncOptions,
  { log, show }: Telling,
): Promise<{ readonly end: End; readonly state: ControllerState }> {
  const ended = Promise.withResolvers<End>();
  let findings: readonly Finding[] = [];
  let writes = 0;
  const look = (): void => {
    const state = controller.state();
    show(state, writes);
    const end = options.once ? endOf(state, options.dryRun) : undefined;
    if (end !== undefined) ended.resolve(end);
  };
  const controller: Controller = createController({
    ...{ host, config, dryRun: options.dryRun, inventory: inventoryOf(options) },
    ...(options.dnsServers.length === 0 ? {} : { dns: options.dnsServers.map(dnsClient) }),
    ...(process.env.NODE_NAME === undefined ? {} : { nodeName: process.env.NODE_NAME }),
    networks: { protectedCIDRs: options.protectedCIDRs },
    handler: {
      onPlanned: () => {
        const { findings: now } = controller.state();
        if (!options.dryRun) for (const entry of plannedEntries(findings, now)) log(entry);
        findings = now;
      },
      onWritten: (action, verdict) => {
        writes += verdict.kind === 'done' ? 1 : 0;
        log(writtenEntry(action, verdict));
      },
      onState: look,
      onFault: (error) => log(faultEntry(error)),
    },
  });
  const onSignal = (): void => ended.resolve('signal');
  process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
  const cancel = options.once
    ? systemClock.after(options.timeoutMs, () => ended.resolve('timeout'))
    : () => undefined;
  const end = await ended.promise;
  cancel();
  const state = controller.state();
  await controller.stop();
  return { end, state };
}

function inventoryOf({ inventory }: SyncOptions): InventorySource {
  return inventory.kind === 'file'
    ? fileInventory(inventory.path, systemClock)
    : httpInventory({ ...inventory, clock: systemClock });
}

function outcomeOf(end: End, state: ControllerState, { dryRun, once }: SyncOptions): Outcome {
  if (dryRun && end === 'done' && state.plan !== undefined)
    return { exitCode: 0, stdout: planText(state.plan) };
  if (end === 'done' || (end === 'signal' && !once)) return { exitCode: 0 };
  const lines = unfinishedText(state).map((line) => `  ${printable(line)}\n`);
  return { exitCode: 1, stderr: `${ENDS[end]}\n${lines.join('')}` };
}

const ENDS: Readonly<Record<Exclude<End, 'done'>, string>> = {
  refused: 'error: expected nothing to be left, found writes that were refused',
  timeout: 'error: expected everything to be read and written within --timeout, found that it is not',
  signal: 'error: ended before everything was read and written',
};
