import { GATE_RULES, type GateFacts } from '../../../src/planner/https/gate-rules.ts';
import { gateOf, isRedirected } from '../../../src/planner/https/gates.ts';
import type { ListenerHealth } from '../../../src/planner/https/listener-health.ts';
import type { PlacedListener } from '../../../src/planner/https/listeners-observed.ts';
import { REDIRECT_RULES, type RedirectFacts } from '../../../src/planner/https/redirect-rules.ts';
import { clockAt } from '../../../src/planner/world/clock.ts';
import { NOW, workloadGateway } from '../../support/worlds.ts';
import { examplesOf } from './examples.ts';

const now = Date.parse(NOW);

/** A listener in a state for some seconds. */
function listener(state: ListenerHealth['state'], seconds: number, reason = 'Programmed'): PlacedListener {
  return {
    parent: workloadGateway(),
    entry: {
      name: 'workload-https',
      port: 443,
      protocol: 'HTTPS',
      hostname: '*.edge.example.com',
      secretNames: ['kubebyon-workload-tls'],
      raw: {},
    },
    health: { state, reason, since: now - seconds * 1000 },
  };
}

/** A hostname that has no HTTPS yet and may have it. */
const gate = (changes: Partial<GateFacts>): GateFacts => ({
  listener: listener('up', 30),
  coverage: { state: 'covered' },
  latched: false,
  clock: clockAt(now),
  ...changes,
});

const closed = (reason: string) => ({ open: false, reason });
const OPEN = { open: true, reason: 'Open' };

export const GATE_EXAMPLES = examplesOf('GATE_RULES', GATE_RULES, gateOf, {
  CertificateGone: {
    when: 'the Secret behind a route has expired',
    facts: () => gate({ latched: true, coverage: { state: 'uncovered', reason: 'its Secret has expired' } }),
    verdict: closed('its Secret has expired'),
  },
  ListenerDown: {
    when: 'the listener behind a route has been down for a minute',
    facts: () => gate({ latched: true, listener: listener('down', 60, 'Invalid') }),
    verdict: closed('its listener is down: Invalid'),
  },
  StaysOpen: {
    when: 'the Gateway behind a route is not seen',
    facts: () => gate({ latched: true, listener: undefined }),
    verdict: OPEN,
  },
  NotCovered: {
    when: 'the listener has no certificate for the name',
    facts: () => gate({ coverage: { state: 'unknown', reason: 'the listener has no certificate yet' } }),
    verdict: closed('the listener has no certificate yet'),
  },
  ListenerMissing: {
    when: 'the Secret is there before the listener',
    facts: () => gate({ listener: undefined }),
    verdict: closed('its listener is not there yet'),
  },
  NotProgrammed: {
    when: 'no controller has looked at the listener at its current generation',
    facts: () => gate({ listener: listener('unknown', 30, 'NotObserved') }),
    verdict: closed('its listener is not programmed: NotObserved'),
  },
  JustProgrammed: {
    when: 'the listener has been programmed at this moment',
    facts: () => gate({ listener: listener('up', 0) }),
    verdict: closed('its listener has just been programmed'),
  },
});

/** A hostname with an HTTPS route behind an open gate. */
const redirect = (changes: Partial<RedirectFacts>): RedirectFacts => ({
  open: true,
  wanted: true,
  redirected: false,
  routed: true,
  opensAnew: () => true,
  ...changes,
});

export const REDIRECT_EXAMPLES = examplesOf('REDIRECT_RULES', REDIRECT_RULES, isRedirected, {
  GateClosed: {
    when: 'the gate has closed under a redirect',
    facts: () => redirect({ open: false, redirected: true }),
    verdict: false,
  },
  NotWanted: {
    when: 'httpToHttpsRedirect was switched off',
    facts: () => redirect({ wanted: false, redirected: true }),
    verdict: false,
  },
  Stays: {
    when: 'somebody deleted the HTTPS route behind a redirect',
    facts: () => redirect({ redirected: true, routed: false }),
    verdict: true,
  },
  RouteNotSeen: {
    when: 'the HTTPS route is planned together with it',
    facts: () => redirect({ routed: false }),
    verdict: false,
  },
  OpensOnlyByLatch: {
    when: 'somebody deleted the listener behind the HTTPS route',
    facts: () => redirect({ opensAnew: () => false }),
    verdict: false,
  },
});
