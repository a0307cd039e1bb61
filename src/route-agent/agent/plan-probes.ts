import type { Clock } from '../../kube/index.ts';
import { createPool } from '../../process/pool.ts';
import { probe, type TryConnect } from '../../process/try-connect.ts';
import type { ProbeReport } from '../plan/node-item.ts';
import type { ProbeTarget } from '../types.ts';

export interface PlanProbesOptions {
  readonly clock: Clock;
  readonly attempt: TryConnect;
  /** An answer is another one than before. */
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Tries to reach what plans name. */
export interface PlanProbes {
  /** Tries all of these once more, by the key of their plan; others are forgotten. */
  want(targets: ReadonlyMap<string, readonly ProbeTarget[]>): void;
  /** What is known of the targets of a plan, in their order. */
  reports(key: string): readonly ProbeReport[];
  /** Whether each target was tried. */
  isSettled(): boolean;
  stop(): Promise<void>;
}

const MAX_RUNNING = 32;
const ATTEMPT_MS = 1_000;

export function planProbes({ clock, attempt, onChange, onFault }: PlanProbesOptions): PlanProbes {
  const pool = createPool(MAX_RUNNING, onFault);
  let wanted: ReadonlyMap<string, readonly ProbeTarget[]> = new Map();
  const answers = new Map<string, ProbeReport['result']>();

  const ask = async (name: string, { address, port }: ProbeTarget): Promise<void> => {
    const before = answers.get(name);
    // One that answered is not given up for a lost packet; one that did not costs one attempt a round.
    const result =
      before === 'ok' || before === undefined
        ? await probe(address, port, { clock, attempt })
        : await attempt(address, port, ATTEMPT_MS);
    answers.set(name, result);
    if (result !== before) onChange();
  };
  return {
    want: (targets) => {
      wanted = targets;
      const names = new Set<string>();
      for (const list of targets.values()) {
        for (const target of list) {
          const name = nameOf(target);
          names.add(name);
          pool.add(name, () => ask(name, target));
        }
      }
      for (const name of answers.keys()) if (!names.has(name)) answers.delete(name);
    },
    reports: (key) =>
      (wanted.get(key) ?? []).flatMap((target) => {
        const result = answers.get(nameOf(target));
        return result === undefined ? [] : [{ ...target, result }];
      }),
    isSettled: () => [...wanted.values()].flat().every((target) => answers.has(nameOf(target))),
    stop: pool.stop,
  };
}

function nameOf({ address, port }: ProbeTarget): string {
  return `${address} ${port}`;
}
