import type { HostnamePhase, HostnameStatus } from '../../planner/index.ts';
import type { Saying } from './conditions.ts';

/** What is said of one hostname: whose it is, where its DNS leads, whether HTTPS answers, whether a Gateway serves it. */
export function hostnameSayings(status: HostnameStatus): readonly Saying[] {
  return [claimed(status), dnsReady(status), ...certificateReady(status), programmed(status)];
}

/** Phases of a name that the cluster may not have. */
const REFUSED: ReadonlySet<HostnamePhase> = new Set(['conflict', 'invalid']);

function claimed({ phase, reason }: HostnameStatus): Saying {
  const type = 'Claimed';
  return REFUSED.has(phase) ? { type, status: 'False', reason } : { type, status: 'True', reason: 'Claimed' };
}

/** Verdicts that say no more than that nobody knows. */
const OPEN_VERDICTS: ReadonlySet<string> = new Set([
  'Unknown',
  'NotChecked',
  'ResolversDisagree',
  'TargetUnresolvable',
]);

function dnsReady({ phase, reason }: HostnameStatus): Saying {
  const type = 'DNSReady';
  if (REFUSED.has(phase)) return { type, status: 'Unknown', reason: 'NotClaimed' };
  if (phase === 'ready') return { type, status: 'True', reason };
  const isOpen = phase === 'pending' && OPEN_VERDICTS.has(reason);
  return { type, status: isOpen ? 'Unknown' : 'False', reason };
}

/** Nothing is said of a name that is outside certificate orchestration. What is waited for is a word or a sentence. */
function certificateReady({ https, httpsReason = 'Waiting' }: HostnameStatus): readonly Saying[] {
  const type = 'CertificateReady';
  if (https === 'off') return [];
  return [
    https === 'open'
      ? { type, status: 'True', reason: 'Served' }
      : { type, status: 'False', ...waitsFor(httpsReason) },
  ];
}

function waitsFor(what: string): Pick<Saying, 'reason' | 'message'> {
  return /^[A-Z][A-Za-z]*$/.test(what) ? { reason: what } : { reason: 'Waiting', message: what };
}

function programmed({ http, reason, routeProblem }: HostnameStatus): Saying {
  const type = 'Programmed';
  if (http === 'withheld') return { type, status: 'False', reason };
  return routeProblem === undefined
    ? { type, status: 'True', reason: 'Programmed' }
    : { type, status: 'False', reason: routeProblem };
}
