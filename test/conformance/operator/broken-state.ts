import { setTimeout as sleep } from 'node:timers/promises';
import { edgeSliceName } from '../../../src/contract/runtime-names.ts';
import type { ServerVersion } from '../../../src/operator/checks/facts.ts';
import type { RequestFacts } from '../../../src/operator/verify/request-facts.ts';
import { EDGE, TENANT } from './healthy.ts';
import type { Overlay, Stage, Undo } from './stage.ts';

/** A state of a cluster in which one check does not pass. docs/checks.md shows what it is. */
export interface BrokenState {
  readonly code: string;
  /** What is broken, as a sentence goes on. */
  readonly state: string;
  readonly verdict: 'failed' | 'warning' | 'unknown';
  readonly found: RegExp;
  readonly next: RegExp;
  /** Breaks it; absent where values or the version alone do. */
  readonly breaks?: (stage: Stage) => Promise<Undo>;
  /** Values that are laid over those of the stage. */
  readonly values?: Overlay;
  /** What the API server says that it is, where the state is its age. */
  readonly version?: ServerVersion;
  /** What became of requests, where the state is that. */
  readonly requests?: readonly RequestFacts[];
  /** How long after now the checks are made, in milliseconds. */
  readonly later?: number;
}

/** Several changes as one. */
export async function together(...changes: readonly Promise<Undo>[]): Promise<Undo> {
  const undos = await Promise.all(changes);
  return async () => {
    for (const undo of undos) await undo();
  };
}

/** The endpoint of the one cluster of the stage is not ready. */
export function noEndpointReady(stage: Stage): Promise<Undo> {
  const slice = edgeSliceName(EDGE, 4, 1);
  return stage.change(
    'EndpointSlice',
    slice,
    ({ endpoints }) => {
      endpoints[0].conditions.ready = false;
    },
    TENANT,
  );
}

/** Tries until it is taken, a minute at most. */
export async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/** Changes a condition in a list, as its controller would. */
export function setCondition(
  conditions: { type: string; status: string; reason?: string; message?: string }[],
  type: string,
  status: string,
  reason: string,
  message = '',
): void {
  for (const condition of conditions.filter((one) => one.type === type))
    Object.assign(condition, { status, reason, message });
}
