/** When route agents were last seen alive, by the observer's own clock: times in a Lease are those of another clock. */
export interface AgentLives {
  /** What the Lease of a Node's agent says now; undefined: there is none any more. */
  observed(node: string, renewTime: string | undefined, now: number): void;
  /**
   * The last sign of life of each agent. One whose Lease was seen once only is left out: nobody knows how old that is.
   * When it has not moved for `staleAfterMs`, it counts from when it was seen.
   */
  signs(now: number): ReadonlyMap<string, number>;
  /** Whether it is known of every agent. */
  isSettled(now: number): boolean;
}

interface Seen {
  readonly renewTime: string;
  readonly at: number;
  readonly hasMoved: boolean;
}

export function createAgentLives(staleAfterMs: number): AgentLives {
  const seen = new Map<string, Seen>();
  const isKnown = ({ at, hasMoved }: Seen, now: number): boolean => hasMoved || now - at >= staleAfterMs;
  return {
    observed: (node, renewTime, now) => {
      const before = seen.get(node);
      if (renewTime === undefined) seen.delete(node);
      else if (before?.renewTime !== renewTime)
        seen.set(node, { renewTime, at: now, hasMoved: before !== undefined });
    },
    signs: (now) =>
      new Map(
        [...seen].flatMap(([node, one]): [string, number][] => (isKnown(one, now) ? [[node, one.at]] : [])),
      ),
    isSettled: (now) => [...seen.values()].every((one) => isKnown(one, now)),
  };
}
