import type { Check, Verdict } from './check.ts';

/** Everything that a command says about a cluster. `schema.ts` describes it as JSON. */
export interface Report {
  readonly command: string;
  /** Where the API server is; absent for a file. */
  readonly server?: string;
  readonly version?: string;
  /** How many requests were sent to the API server. */
  readonly requests: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The worst first, else in the order in which they were made. */
  readonly checks: readonly Check[];
}

const WORST_FIRST: readonly Verdict[] = ['failed', 'unknown', 'warning', 'ok'];

export function reportOf(about: Omit<Report, 'counts' | 'checks'>, checks: readonly Check[]): Report {
  const count = (wanted: Verdict): number => checks.filter(({ verdict }) => verdict === wanted).length;
  const rank = ({ verdict }: Check): number => WORST_FIRST.indexOf(verdict);
  return {
    ...about,
    counts: {
      ok: count('ok'),
      warning: count('warning'),
      failed: count('failed'),
      unknown: count('unknown'),
    },
    checks: checks.toSorted((a, b) => rank(a) - rank(b)),
  };
}
