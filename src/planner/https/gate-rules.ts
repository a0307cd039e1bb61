import { GATEWAY_QUIRKS } from '../../contract/gateway-quirks.ts';
import type { Rule } from '../rule.ts';
import { type Clock, MINUTE } from '../world/clock.ts';
import type { PlacedListener } from './listeners-observed.ts';
import type { Coverage } from './secrets.ts';

export interface GateFacts {
  /** The listener that would serve the hostname; undefined when its entry was not observed. */
  readonly listener: PlacedListener | undefined;
  readonly coverage: Coverage;
  /** Our HTTPS route or redirect for the hostname was observed. */
  readonly latched: boolean;
  readonly clock: Clock;
}

export interface Gate {
  readonly open: boolean;
  readonly reason: string;
}

type GateRule = Rule<GateFacts, Gate>;

const DOWN_FOR = MINUTE;

const certificateGone: GateRule = {
  name: 'CertificateGone',
  says: 'An open gate closes when the Secret is gone, has expired, does not match its key or lost the name.',
  source: 'runbook 5.4, tls.enabled; Gateway API: ResolvedRefs of a listener',
  decide: ({ latched, coverage }) =>
    latched && coverage.state === 'uncovered' ? closed(coverage.reason) : undefined,
};

const listenerDown: GateRule = {
  name: 'ListenerDown',
  says: 'An open gate closes when its listener has been down at the current generation for a minute.',
  source: 'Gateway API: Programmed and ResolvedRefs of a listener',
  decide: ({ latched, listener, clock }) => {
    const { health } = listener ?? {};
    if (!latched || health?.state !== 'down' || health.since === undefined) return undefined;
    return clock.reached(health.since + DOWN_FOR)
      ? closed(`its listener is down: ${health.reason}`)
      : undefined;
  },
};

const staysOpen: GateRule = {
  name: 'StaysOpen',
  says: 'A gate that is open stays so: nothing but definite evidence closes it.',
  source: 'docs/runtime.md, invariant 2',
  decide: ({ latched }) => (latched ? OPEN : undefined),
};

const notCovered: GateRule = {
  name: 'NotCovered',
  says: 'It waits for a served certificate that covers the name.',
  source: 'runbook 5.4, tls.enabled; docs/runtime.md, invariant 4',
  decide: ({ coverage }) => (coverage.state === 'covered' ? undefined : closed(coverage.reason)),
};

const listenerMissing: GateRule = {
  name: 'ListenerMissing',
  says: 'It waits for its listener.',
  source: 'runbook 5.4, tls.enabled',
  decide: ({ listener }) => (listener === undefined ? closed('its listener is not there yet') : undefined),
};

const notProgrammed: GateRule = {
  name: 'NotProgrammed',
  says: 'It waits until the listener is programmed at its current generation.',
  source: 'Gateway API: Programmed and ResolvedRefs of a listener',
  decide: ({ listener }) =>
    listener === undefined || listener.health.state === 'up'
      ? undefined
      : closed(`its listener is not programmed: ${listener.health.reason}`),
};

const justProgrammed: GateRule = {
  name: 'JustProgrammed',
  says: 'It waits until the listener has been programmed for a second; for a minute where the controller does not say of which generation.',
  source: 'Gateway API: Programmed says that the data plane is ready soon',
  decide: ({ listener, clock }) => {
    const { since, unversioned } = listener?.health ?? {};
    const { programmedFor, programmedUnversionedFor } = GATEWAY_QUIRKS;
    const wait = unversioned === true ? programmedUnversionedFor : programmedFor;
    return since === undefined || clock.reached(since + wait)
      ? undefined
      : closed('its listener has just been programmed');
  },
};

/** Whether a hostname may have HTTPS routes, in this order: first for one that has them, then for one that has not. */
export const GATE_RULES: readonly GateRule[] = [
  certificateGone,
  listenerDown,
  staysOpen,
  notCovered,
  listenerMissing,
  notProgrammed,
  justProgrammed,
];

/** What holds when no rule has anything to say. */
export const OPEN: Gate = Object.freeze({ open: true, reason: 'Open' });

function closed(reason: string): Gate {
  return { open: false, reason };
}
