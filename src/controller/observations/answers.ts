import type { Cancel, Clock } from '../../kube/index.ts';
import type { DnsAnswer } from '../../planner/world/index.ts';
import { sameData } from '../../planner/world/json.ts';

/** Tells the answers of DNS: what is news at once, and what confirms what is known together a few seconds later. */
export interface ToldAnswers {
  /** How often in a row the answers were the same before. */
  answered(hostname: string, answers: readonly DnsAnswer[]): number;
  /** Tells nothing more of a name, and forgets it. */
  forget(hostname: string): void;
  stop(): void;
}

/** Thousands of names are asked again all the time, and nearly all answers say nothing but the time: one plan sees many. */
const TOGETHER_MS = 5_000;

export function tellAnswers(
  clock: Clock,
  onAnswers: (hostname: string, answers: readonly DnsAnswer[]) => void,
): ToldAnswers {
  const last = new Map<string, { readonly answers: readonly DnsAnswer[]; readonly times: number }>();
  const confirmed = new Map<string, readonly DnsAnswer[]>();
  let cancel: Cancel | undefined;
  const tell = (): void => {
    cancel = undefined;
    const all = [...confirmed];
    confirmed.clear();
    for (const [hostname, answers] of all) onAnswers(hostname, answers);
  };
  return {
    answered: (hostname, answers) => {
      const before = last.get(hostname);
      const isKnown = sameData(before?.answers.map(withoutTime), answers.map(withoutTime));
      const times = isKnown && before !== undefined ? before.times + 1 : 0;
      last.set(hostname, { answers, times });
      if (isKnown) {
        confirmed.set(hostname, answers);
        cancel ??= clock.after(TOGETHER_MS, tell);
      } else {
        confirmed.delete(hostname);
        onAnswers(hostname, answers);
      }
      return times;
    },
    forget: (hostname) => {
      last.delete(hostname);
      confirmed.delete(hostname);
    },
    stop: () => {
      cancel?.();
      confirmed.clear();
    },
  };
}

function withoutTime({ checkedAt: _, ...said }: DnsAnswer): Omit<DnsAnswer, 'checkedAt'> {
  return said;
}
