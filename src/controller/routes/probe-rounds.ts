import type { Probe } from '../../planner/world/world.ts';
import type { ReportedProbe } from './node-items.ts';

/** What the planner is told of the probes of one cluster's agents. */
export interface ProbeRounds {
  /**
   * The probes of a round, or undefined when nothing is to be told. Agents write a report when it is another one: one that
   * stays says the same again as long as its agent lives.
   *
   * @param reported by agents that live. @param now RFC 3339 and, by the observer's own clock, in milliseconds.
   */
  round(
    reported: readonly ReportedProbe[],
    now: { readonly time: string; readonly milliseconds: number },
  ): readonly Probe[] | undefined;
}

/** So many rounds that say the same decide; one more only keeps them from growing old. */
const DECIDING = 3;

export function createProbeRounds(refreshMs: number): ProbeRounds {
  let said = '';
  let repeats = 0;
  let told = Number.NEGATIVE_INFINITY;
  return {
    round: (reported, { time, milliseconds }) => {
      const text = JSON.stringify(reported);
      if (said === '' && reported.length === 0) return undefined;
      if (text === said && repeats >= DECIDING && milliseconds - told < refreshMs) return undefined;
      repeats = text === said ? repeats + 1 : 1;
      said = text;
      told = milliseconds;
      return reported.map((probe) => ({ ...probe, at: time }));
    },
  };
}
