import type { Rule } from '../rule.ts';

export interface RedirectFacts {
  /** The hostname may have HTTPS routes. */
  readonly open: boolean;
  readonly wanted: boolean;
  /** Our redirect for the hostname was observed. */
  readonly redirected: boolean;
  /** Our HTTPS route for the hostname was observed. */
  readonly routed: boolean;
  /** The gate would open if nothing of ours were there yet. */
  readonly opensAnew: () => boolean;
}

type RedirectRule = Rule<RedirectFacts, boolean>;

const gateClosed: RedirectRule = {
  name: 'GateClosed',
  says: 'None leads to a hostname whose gate is closed.',
  source: 'docs/runtime.md, invariant 4',
  decide: ({ open }) => (open ? undefined : false),
};

const notWanted: RedirectRule = {
  name: 'NotWanted',
  says: 'None is there when the config says so.',
  source: 'runbook 5.4, httpToHttpsRedirect',
  decide: ({ wanted }) => (wanted ? undefined : false),
};

const stays: RedirectRule = {
  name: 'Stays',
  says: 'One that is there stays while the gate is open.',
  source: 'docs/runtime.md, invariant 2',
  decide: ({ redirected }) => redirected || undefined,
};

const routeNotSeen: RedirectRule = {
  name: 'RouteNotSeen',
  says: 'A new one waits until the HTTPS route was seen.',
  source: 'docs/runtime.md, invariant 8',
  decide: ({ routed }) => (routed ? undefined : false),
};

// A latch that rests on the HTTPS route alone would send people to a listener that somebody has just taken away.
const opensOnlyByLatch: RedirectRule = {
  name: 'OpensOnlyByLatch',
  says: 'A new one waits until the gate would open anew, so that it never rests on what is about to go.',
  source: 'docs/runtime.md, invariant 4',
  decide: ({ opensAnew }) => (opensAnew() ? undefined : false),
};

/** Whether plain HTTP for a hostname is redirected to HTTPS, in this order. */
export const REDIRECT_RULES: readonly RedirectRule[] = [
  gateClosed,
  notWanted,
  stays,
  routeNotSeen,
  opensOnlyByLatch,
];
