import { formatRuntimeEnvironment } from '../../contract/environment-codec.ts';
import type { RuntimeConfig } from '../../contract/runtime-config.ts';
import { createControllerFrom } from '../../controller/controller.ts';
import { type ControllerState, dnsClient } from '../../controller/index.ts';
import { type Credentials, systemClock } from '../../kube/index.ts';
import { recordWorld, withoutSecrets } from '../../operator/bundle/index.ts';
import { createLivePlanner, type LivePlanner } from '../../planner/index.ts';
import type { World } from '../../planner/world/world.ts';
import type { ExitCode } from '../exit-codes.ts';
import { syncConfig } from '../sync/config.ts';
import { endOf } from '../sync/ended.ts';
import { failureText } from '../sync/failure-text.ts';
import { hostCredentials } from '../sync/host-credentials.ts';
import { syncInventory } from '../sync/inventory.ts';
import type { SyncOptions } from '../sync/options.ts';
import { progressText, unfinishedText } from '../sync/progress.ts';
import { printable } from '../text/printable.ts';

/** A World without secrets, or how the command ends without it. */
export type ObservedWorld =
  | {
      readonly ok: true;
      readonly world: World;
      readonly config: RuntimeConfig;
      /** 0, or 1 when not everything could be read; then it says what is missing. */
      readonly exitCode: 0 | 1;
      readonly stderr: string;
    }
  | { readonly ok: false; readonly exitCode: ExitCode; readonly stderr: string };

/** Reads a cluster as the planner sees it. Nothing is written to it. */
export async function observeWorld(options: SyncOptions): Promise<ObservedWorld> {
  const host = await hostCredentials(options.kubeconfig);
  if (!host.ok) return { ok: false, exitCode: 66, stderr: failureText(host.failure) };
  const config = await syncConfig(host.value, options.envFrom);
  if (!config.ok) return { ok: false, exitCode: 1, stderr: config.stderr };
  const seen = await observe(host.value, config.config, options);
  if (!seen.ok) return { ok: false, exitCode: 1, stderr: seen.stderr };
  return {
    ok: true,
    world: withoutSecrets(seen.world),
    config: config.config,
    exitCode: seen.isRead ? 0 : 1,
    stderr: config.warnings + missingText(seen),
  };
}

interface Seen {
  readonly ok: true;
  readonly world: World;
  /** Whether everything could be read. */
  readonly isRead: boolean;
  readonly state: ControllerState;
}

function missingText({ isRead, state }: Seen): string {
  if (isRead) return '';
  // What is left to write is left on purpose.
  const lines = unfinishedText({ ...state, isLeading: true, refusals: [] }).filter(
    (line) => !/ is left: /.test(line),
  );
  return [
    'error: expected everything to be read within --timeout, found that it is not',
    ...lines.map((line) => `  ${printable(line)}`),
    '',
  ].join('\n');
}

/** A plan and everything that it has seen. */
interface Moment {
  readonly now: string;
  readonly memory: unknown;
}

async function observe(
  host: Credentials,
  config: RuntimeConfig,
  options: SyncOptions,
): Promise<Seen | { readonly ok: false; readonly stderr: string }> {
  const inventory = syncInventory(options.inventory, process.env, {
    instance: 'bundle',
    onTrouble: () => undefined,
  });
  if (!inventory.ok) return { ok: false, stderr: inventory.stderr };
  const recorder = recordWorld();
  let moment: Moment | undefined;
  /** Notes what goes into each plan: the file is the World of the last one. */
  const recorded: typeof createLivePlanner = (start, planned) => {
    const planner = createLivePlanner(start, planned);
    const begin = (now: string): void => {
      moment = { now, memory: planner.memory() };
    };
    return noting(planner, begin, recorder.observe);
  };
  const ended = Promise.withResolvers<void>();
  const look = (): void => {
    const state = controller.state();
    showProgress(state);
    if (endOf(state, true) === 'done') ended.resolve();
  };
  const controller = createControllerFrom(
    { createLivePlanner: recorded },
    {
      host,
      config,
      dryRun: true,
      inventory: inventory.source,
      ...(options.dnsServers.length === 0 ? {} : { dns: options.dnsServers.map(dnsClient) }),
      networks: { protectedCIDRs: options.protectedCIDRs },
      handler: { onState: look },
    },
  );
  const cancel = systemClock.after(options.timeoutMs, ended.resolve);
  let cancelLook: () => void = () => undefined;
  /** Not every change of a state is told. */
  const lookAgain = (): void => {
    look();
    cancelLook = systemClock.after(LOOK_MS, lookAgain);
  };
  cancelLook = systemClock.after(LOOK_MS, lookAgain);
  await ended.promise;
  cancel();
  cancelLook();
  const state = controller.state();
  const { now, memory } = moment ?? {
    now: new Date(systemClock.wallTime()).toISOString(),
    memory: undefined,
  };
  const env = formatRuntimeEnvironment(config);
  const world = recorder.world({ now, env, ...(memory === undefined ? {} : { memory }) });
  await controller.stop();
  showProgress(undefined);
  return { ok: true, world, state, isRead: endOf(state, true) === 'done' };
}

const LOOK_MS = 200;

function noting(
  planner: LivePlanner,
  begin: (now: string) => void,
  observe: LivePlanner['observe'],
): LivePlanner {
  return {
    observe: (change) => {
      observe(change);
      planner.observe(change);
    },
    plan: (now) => {
      begin(now);
      return planner.plan(now);
    },
    slices: (now) => {
      begin(now);
      return planner.slices(now);
    },
    memory: planner.memory,
  };
}

/** On a terminal one line says how far it is. */
function showProgress(state: ControllerState | undefined): void {
  const { stderr } = process;
  if (!stderr.isTTY) return;
  const line = state === undefined ? '' : progressText(state, 0).slice(0, Math.max(0, stderr.columns - 1));
  stderr.write(`\r\u001b[K${line}`);
}
