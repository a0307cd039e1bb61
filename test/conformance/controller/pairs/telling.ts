import type { ControllerParts } from '../../../../src/controller/controller.ts';
import { systemClock } from '../../../../src/kube/index.ts';
import { fakeDns } from '../../../controller/fake-dns.ts';
import { type ProxiedRequest, startFaultProxy } from '../../../support/fault-proxy/proxy.ts';
import { targetOf } from '../../../support/worlds.ts';
import { through, until } from '../../kube/support.ts';
import { jumpClock } from '../faults/jump-clock.ts';
import { converged, type Kept, keep, keyOfAction } from '../kept.ts';
import { ALIASES, inventoryAfter, type LongStory } from './long-stories.ts';
import type { Stage } from './stage.ts';

export const DISTURBANCES = ['crash', 'stale', 'dropped'] as const;

/** What happens between a write and the next one. */
export interface Disturbance {
  readonly kind: (typeof DISTURBANCES)[number];
  /** How many writes have been sent before. */
  readonly after: number;
}

/** What has become of a story. */
export interface Ending {
  readonly ours: Readonly<Record<string, unknown>>;
  /** Objects that were deleted, each once. */
  readonly deleted: readonly string[];
  /** Writes that were sent. */
  readonly writes: number;
  /** Mistakes of the program. */
  readonly faults: readonly unknown[];
}

/** How long what was disturbed stays so. */
const MEANWHILE_MS = 250;

/** A little more than after what everything is compared as a whole. */
const AN_HOUR_MS = 3_700_000;

const ZONE = Object.fromEntries([
  ...[1, 2, 3].map((index) => [targetOf(index), ['203.0.113.9']]),
  ...Object.entries(ALIASES),
]);

const isWrite = ({ method, path }: ProxiedRequest): boolean =>
  (method === 'PATCH' || method === 'DELETE') && !path.includes('/status');

/** Another controller than ours. */
export interface Telling {
  /** What it has instead. */
  readonly parts?: Partial<ControllerParts>;
  /** How long it is waited for once it was disturbed. */
  readonly patienceMs?: number;
}

/** Tells a story from the beginning, with at most one disturbance. */
export async function tellStory(
  stage: Stage,
  { steps }: LongStory,
  disturbance: Disturbance | undefined,
  { parts = {}, patienceMs }: Telling = {},
): Promise<Ending> {
  await stage.clear();
  const proxy = await startFaultProxy(stage.platform.server);
  const clock = jumpClock();
  const faults: unknown[] = [];
  const deleted: string[] = [];
  let writes = 0;
  let isDone = disturbance === undefined;
  let isCrashing = false;

  const begin = (): Kept =>
    keep(
      {
        host: through(proxy, stage.platform.server.token),
        clock,
        random: () => 0,
        makeTransport: stage.tenants.makeTransport,
        dns: ['1.1.1.1', '8.8.8.8'].map((name) => fakeDns(name, ZONE, systemClock)),
      },
      parts,
    );
  const end = async ({ controller, faults: own, written }: Kept): Promise<void> => {
    await controller.stop();
    faults.push(...own);
    for (const { action, verdict } of written) {
      if (action.verb === 'delete' && verdict.kind === 'done') deleted.push(keyOfAction(action));
    }
  };
  let kept = begin();

  /** Sees each write before it is sent; true: it is never sent. */
  const disturb = (request: ProxiedRequest): boolean => {
    if (!isWrite(request)) return false;
    if (isCrashing) return true;
    writes += 1;
    if (isDone || disturbance === undefined || writes <= disturbance.after) return false;
    isDone = true;
    if (disturbance.kind === 'crash') {
      isCrashing = true;
      return true;
    }
    if (disturbance.kind === 'stale') {
      proxy.lag();
      clock.after(MEANWHILE_MS, proxy.catchUp);
      return false;
    }
    const name = request.path.split('?')[0]?.split('/').at(-1) ?? '';
    proxy.lose((line) => {
      const isIts = line.includes(`"name":"${name}"`);
      // An hour later everything is compared as a whole; before the event is lost that would find nothing.
      if (isIts) clock.after(MEANWHILE_MS, () => clock.jump(AN_HOUR_MS));
      return isIts;
    });
    return false;
  };
  proxy.fail(disturb, { kind: 'drop' }, Number.POSITIVE_INFINITY);

  const settle = async (done: number): Promise<void> => {
    for (;;) {
      const isPatient = !isDone || patienceMs === undefined;
      await Promise.race([
        converged(kept, isPatient ? undefined : patienceMs),
        until('the crash', () => isCrashing),
      ]);
      if (!isCrashing) return;
      await end(kept);
      isCrashing = false;
      kept = begin();
      kept.inventory.set(inventoryAfter(steps.slice(0, done)));
    }
  };

  try {
    for (const [index, step] of steps.entries()) {
      for (const [number, holds] of Object.entries(step.tenants ?? {})) {
        stage.tenants.hold(`tenant-${number}`, holds);
      }
      kept.inventory.set(inventoryAfter(steps.slice(0, index + 1)));
      for (const hostname of step.issued ?? []) await stage.issue(hostname);
      await settle(index + 1);
      // What waits for a time has waited, so that the time which a disturbance takes makes no difference.
      clock.jump(AN_HOUR_MS);
      await settle(index + 1);
    }
    await end(kept);
    return { ours: await stage.ours(), deleted: [...new Set(deleted)].sort(), writes, faults };
  } finally {
    await kept.controller.stop();
    await proxy.stop();
  }
}
