import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import {
  type ControllerState,
  createController,
  dnsClient,
  failureEntry,
  faultEntry,
  jsonLog,
} from '../../controller/index.ts';
import { type Credentials, type Failure, systemClock } from '../../kube/index.ts';
import { planText } from '../../planner/engine/describe.ts';
import type { Outcome } from '../outcome.ts';
import { printable } from '../text/printable.ts';
import { styleOf } from '../text/style.ts';
import { syncConfig } from './config.ts';
import { type End, endOf } from './ended.ts';
import { failureText } from './failure-text.ts';
import { hostCredentials } from './host-credentials.ts';
import { syncInventory } from './inventory.ts';
import { leaderOf } from './leader.ts';
import { textLog } from './log.ts';
import type { SyncOptions } from './options.ts';
import { placeOf } from './place.ts';
import { unfinishedText } from './progress.ts';
import { startScreen } from './screen.ts';
import { type Teller, tellOf } from './teller.ts';

/** Runs a controller until it is done, or until somebody ends it. */
export async function runSync(options: SyncOptions): Promise<Outcome> {
  const host = await hostCredentials(options.kubeconfig);
  if (!host.ok) return { exitCode: 66, stderr: failureText(host.failure) };
  const config = await syncConfig(host.value, options.envFrom);
  if (!config.ok) return { exitCode: 1, stderr: config.stderr };
  const screen = startScreen(process.stderr);
  screen.write(config.warnings);
  const log = options.logFormat === 'text' ? textLog(screen.write, styleOf(2)) : jsonLog(screen.write);
  const kept = await keep(host.value, config.config, options, tellOf(options, log, screen));
  screen.end();
  return 'failed' in kept ? { exitCode: 1, stderr: kept.failed } : outcomeOf(kept, options);
}

interface Kept {
  readonly end: End;
  readonly state: ControllerState;
  readonly lost?: Failure;
}

async function keep(
  host: Credentials,
  config: RuntimeConfig,
  options: SyncOptions,
  teller: Teller,
): Promise<Kept | { readonly failed: string }> {
  const ended = Promise.withResolvers<End>();
  let lost: Failure | undefined;
  const look = (): void => {
    const end = options.once ? endOf(controller.state(), options.dryRun) : undefined;
    if (end !== undefined) ended.resolve(end);
  };
  /** A status that has been written changes no state that is told. */
  const lookAgain = (): void => {
    look();
    cancelLook = systemClock.after(LOOK_MS, lookAgain);
  };
  let cancelLook: () => void = () => undefined;
  const leader = leaderOf(options, config);
  const { NODE_NAME: nodeName } = process.env;
  const place = placeOf(config, process.env);
  if (!place.ok) return { failed: place.stderr };
  const inventory = syncInventory(options.inventory, process.env, {
    instance: leader?.identity ?? 'sync',
    onTrouble: (failure) => teller.log(failureEntry('status', failure)),
  });
  if (!inventory.ok) return { failed: inventory.stderr };
  const controller = createController({
    host,
    config,
    dryRun: options.dryRun,
    inventory: inventory.source,
    ...(leader === undefined ? {} : { leader }),
    ...(options.dnsServers.length === 0 ? {} : { dns: options.dnsServers.map(dnsClient) }),
    ...(nodeName === undefined ? {} : { nodeName }),
    networks: { protectedCIDRs: options.protectedCIDRs },
    ...(place.host === undefined ? {} : { thisHost: place.host }),
    handler: {
      ...teller.handler,
      onState: () => {
        teller.handler.onState?.();
        if (options.once) look();
      },
      onLost: (why) => {
        lost = why;
        ended.resolve('lost');
      },
    },
  });
  const failed = await teller.start(controller);
  if (failed !== undefined) {
    await controller.stop();
    return { failed };
  }
  const onSignal = (): void => ended.resolve('signal');
  process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
  const cancel = options.once
    ? systemClock.after(options.timeoutMs, () => ended.resolve('timeout'))
    : () => undefined;
  if (options.once) lookAgain();
  const end = await ended.promise;
  cancel();
  cancelLook();
  const state = controller.state();
  // Whoever has lost the Lease ends at once: nothing of it is written any more.
  if (end !== 'lost') await controller.stop().catch((error: unknown) => teller.log(faultEntry(error)));
  await teller.stop();
  return { end, state, ...(lost === undefined ? {} : { lost }) };
}

const LOOK_MS = 200;

function outcomeOf({ end, state, lost }: Kept, { dryRun, once }: SyncOptions): Outcome {
  if (lost !== undefined) return { exitCode: 1, stderr: failureText(lost) };
  if (dryRun && end === 'done' && state.plan !== undefined)
    return { exitCode: 0, stdout: planText(state.plan) };
  if (end === 'done' || (end === 'signal' && !once)) return { exitCode: 0 };
  const lines = unfinishedText(state).map((line) => `  ${printable(line)}\n`);
  return { exitCode: 1, stderr: `error: ${ENDS[end]}\n${lines.join('')}` };
}

const ENDS: Readonly<Record<Exclude<End, 'done'>, string>> = {
  refused: 'expected nothing to be left, found writes that were refused',
  timeout: 'expected everything to be read and written within --timeout, found that it is not',
  signal: 'ended before everything was read and written',
  lost: 'another process leads',
};
