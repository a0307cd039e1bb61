import type { Rule } from '../rule.ts';

/** An object that a cluster leaves behind, and what its going depends on. */
export interface ObjectFacts {
  /** A source is incomplete. */
  readonly everythingHeld: () => boolean;
  /** What it rests under goes in this plan too. */
  readonly ready: boolean;
  /** Its feature is switched off in the config. */
  readonly switchedOff: boolean;
  /** The guard holds its kind back. */
  readonly kindHeld: () => boolean;
}

export type Going = 'goes' | 'stays';

type ObjectRule = Rule<ObjectFacts, Going>;

const sourceIncomplete: ObjectRule = {
  name: 'SourceIncomplete',
  says: 'Nothing goes while the inventory or the host is incomplete.',
  source: 'docs/runtime.md, invariant 2',
  decide: ({ everythingHeld }) => (everythingHeld() ? 'stays' : undefined),
};

const stillUsed: ObjectRule = {
  name: 'StillUsed',
  says: 'It stays while something that uses it stays.',
  source: 'docs/runtime.md, invariant 4',
  decide: ({ ready }) => (ready ? undefined : 'stays'),
};

const switchedOff: ObjectRule = {
  name: 'SwitchedOff',
  says: 'What belongs to a feature that is switched off goes, however much it is.',
  source: 'docs/runtime.md, Withdrawals',
  decide: (facts) => (facts.switchedOff ? 'goes' : undefined),
};

const kindHeld: ObjectRule = {
  name: 'KindHeld',
  says: 'It stays while the guard holds its kind back.',
  source: 'docs/runtime.md, Withdrawals',
  decide: (facts) => (facts.kindHeld() ? 'stays' : undefined),
};

/** Whether an object of a leaving cluster goes, in this order. */
export const OBJECT_LEAVING_RULES: readonly ObjectRule[] = [
  sourceIncomplete,
  stillUsed,
  switchedOff,
  kindHeld,
];

/** An HTTPRoute that a cluster leaves behind; questions are about one of its hostnames. */
export interface RouteFacts {
  readonly hostnames: readonly string[];
  readonly isHttps: boolean;
  /** It has a new owner whose route is not there yet. */
  readonly awaited: (hostname: string) => boolean;
  /** A redirect for it stays. */
  readonly redirectStays: (hostname: string) => boolean;
  /** A redirect of another cluster rests on it. */
  readonly restsAnother: (hostname: string) => boolean;
  /** A redirect for it may have been written a moment ago and is not seen. */
  readonly redirectUnseen: (hostname: string) => boolean;
}

type RouteRule = Rule<RouteFacts, 'stays'>;

const receiverAwaited: RouteRule = {
  name: 'ReceiverAwaited',
  says: 'It stays while a hostname of it has a new owner whose route is not there yet.',
  source: 'docs/runtime.md, invariant 8',
  decide: ({ hostnames, awaited }) => (hostnames.some(awaited) ? 'stays' : undefined),
};

const redirectStays: RouteRule = {
  name: 'RedirectStays',
  says: 'An HTTPS route stays while a redirect leads to it.',
  source: 'docs/runtime.md, invariant 4',
  decide: (facts) => (facts.isHttps && facts.hostnames.some(facts.redirectStays) ? 'stays' : undefined),
};

const restsAnother: RouteRule = {
  name: 'RestsAnother',
  says: 'An HTTPS route stays while a redirect of another cluster leads to it, because that cluster has no HTTPS route for the name.',
  source: 'docs/runtime.md, invariant 4',
  decide: (facts) => (facts.isHttps && facts.hostnames.some(facts.restsAnother) ? 'stays' : undefined),
};

const redirectUnseen: RouteRule = {
  name: 'RedirectUnseen',
  says: 'An HTTPS route stays for a minute while a redirect may have been written that is not seen yet.',
  source: 'docs/runtime.md, Invariants: an observation may be older than our last write',
  decide: (facts) => (facts.isHttps && facts.hostnames.some(facts.redirectUnseen) ? 'stays' : undefined),
};

/** Why an HTTPRoute of a leaving cluster stays for now, in this order. */
export const ROUTE_LEAVING_RULES: readonly RouteRule[] = [
  receiverAwaited,
  redirectStays,
  restsAnother,
  redirectUnseen,
];
