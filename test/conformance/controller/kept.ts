import {
  type Controller,
  type ControllerParts,
  createControllerFrom,
} from '../../../src/controller/controller.ts';
import type { ControllerOptions } from '../../../src/controller/controller-options.ts';
import { type InProcessInventory, inProcessInventory } from '../../../src/controller/inventory/in-process.ts';
import type { Verdict } from '../../../src/controller/writes/verdict.ts';
import type { Action } from '../../../src/planner/world/index.ts';
import { referenceKey } from '../../../src/planner/world/objects.ts';
import { gatewayConfig } from '../../support/worlds.ts';
import { until } from '../kube/support.ts';

/** A controller, and all that it has said. */
export interface Kept {
  readonly controller: Controller;
  readonly inventory: InProcessInventory;
  /** Each write that has ended, in order. */
  readonly written: { readonly action: Action; readonly verdict: Verdict; readonly at: number }[];
  /** Mistakes of the program. */
  readonly faults: unknown[];
}

/**
 * A controller with an inventory that is not read before it is set, and no DNS unless given.
 *
 * @param parts other parts than its own.
 */
export function keep(
  options: Partial<ControllerOptions> & Pick<ControllerOptions, 'host'>,
  parts: Partial<ControllerParts> = {},
): Kept {
  const inventory = inProcessInventory();
  const written: Kept['written'] = [];
  const faults: unknown[] = [];
  const controller = createControllerFrom(parts, {
    config: gatewayConfig(),
    inventory,
    dns: [],
    ...options,
    handler: {
      ...options.handler,
      onWritten: (action, verdict) => written.push({ action, verdict, at: performance.now() }),
      onFault: (error) => faults.push(error),
    },
  });
  return { controller, inventory, written, faults };
}

/** Waits until everything is read, written and seen. */
export function converged({ controller }: Kept, patienceMs?: number): Promise<void> {
  return until('convergence', () => controller.state().isConverged, patienceMs);
}

/**
 * Waits until nothing is on its way any more: the last plan is of everything that came, no write is without its verdict, and
 * what is still planned is what was refused. Before that a count of writes says nothing.
 */
export function quiet(kept: Kept): Promise<void> {
  return until('quiet', () => isQuiet(kept));
}

export function isQuiet({ controller }: Kept): boolean {
  const { isIdle, plan, refusals } = controller.state();
  const refused = new Set(refusals.map(({ key }) => key));
  return isIdle && plan?.actions.every((action) => refused.has(keyOfAction(action))) === true;
}

export function keyOfAction({ object: { apiVersion, kind, metadata } }: Action): string {
  return referenceKey({ apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name });
}

/** The kinds of verdict that the writes of an object have ended with, in order. */
export function verdictsOf({ written }: Kept, key: string): readonly Verdict['kind'][] {
  return written.flatMap(({ action, verdict }) => (keyOfAction(action).includes(key) ? [verdict.kind] : []));
}
