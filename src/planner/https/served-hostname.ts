import type { WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import { hostnameObjectName } from '../../contract/runtime-names.ts';
import type { ClusterContext } from '../context.ts';
import type { Finding } from '../findings.ts';
import type { HostnameStatus } from '../status.ts';
import type { CertificateChoice } from './certificate-rules.ts';
import type { GateFacts } from './gate-rules.ts';
import { gateOf, isRedirected } from './gates.ts';
import type { EdgeHostname, HostnamePlan, Live } from './hostname-plan.ts';
import { judgeSecret, servedCertificates } from './secrets.ts';

/** A hostname that the cluster may have. */
export interface Serving {
  readonly hostname: string;
  /** {@link hostnameObjectName} of it, where it is known already. */
  readonly name?: string;
  readonly management: HostnameStatus['management'];
  readonly phase: HostnameStatus['phase'];
  readonly reason: string;
  readonly https: CertificateChoice['target'];
  /** The hostname whose listener and certificate serve it, where that is another. */
  readonly certificateOf?: string;
  readonly live: Live;
  readonly findings: readonly Finding[];
  readonly nextCheckAt?: string;
}

/** Serves a hostname on HTTP, and on HTTPS as far as its gate is open. */
export function serve(context: ClusterContext, serving: Serving): HostnamePlan {
  const { hostname, name, https, phase, management, reason, findings, nextCheckAt } = serving;
  const tls = context.shared.workload?.tls;
  const { status, served } =
    https === undefined || tls === undefined
      ? HTTP_ONLY
      : withHttps(context, serving, https, listenerServing(context, serving, https, tls), tls);
  return {
    status: {
      hostname,
      management,
      phase,
      reason,
      ...(nextCheckAt === undefined ? {} : { nextCheckAt }),
      ...status,
    },
    listed: true,
    served: { hostname, ...(name === undefined ? {} : { name }), ...served },
    findings,
    withdrawn: false,
    sharedName: https === 'shared' && tls?.certManager === true,
  };
}

interface How {
  readonly status: Pick<HostnameStatus, 'http' | 'https' | 'httpsReason'>;
  readonly served: Omit<EdgeHostname, 'hostname'>;
}

const HTTP_ONLY: How = Object.freeze<How>({
  status: { http: 'served', https: 'off' },
  served: { http: true, https: undefined, redirect: false },
});

type OnListener = Pick<GateFacts, 'listener' | 'coverage'>;

/** The listener that would serve a hostname, and what its certificates cover. */
function listenerServing(
  { shared, clock }: ClusterContext,
  serving: Serving,
  https: 'shared' | 'dedicated',
  { httpsListenerName }: WorkloadTlsConfig,
): OnListener {
  const { hostname, certificateOf } = serving;
  const own = certificateOf === undefined ? serving.name : undefined;
  const name =
    https === 'shared' ? httpsListenerName : (own ?? hostnameObjectName(certificateOf ?? hostname));
  const listener = shared.listeners.own.get(name);
  const certificates =
    https === 'shared'
      ? shared.sharedCertificates
      : servedCertificates([name], (secret) => judgeSecret(secret, shared.store, clock), shared.store);
  return { listener, coverage: certificates.covers(hostname) };
}

function withHttps(
  { clock }: ClusterContext,
  { hostname, certificateOf, live }: Serving,
  https: 'shared' | 'dedicated',
  on: OnListener,
  { httpToHttpsRedirect }: WorkloadTlsConfig,
): How {
  const routed = live[https].has(hostname);
  const redirected = live.redirect.has(hostname);
  const gate = gateOf({ ...on, latched: routed || redirected, clock });
  const redirect = isRedirected({
    open: gate.open,
    wanted: httpToHttpsRedirect,
    redirected,
    routed,
    opensAnew: () => gateOf({ ...on, latched: false, clock }).open,
  });
  const listener = https === 'dedicated' ? on.listener : undefined;
  return {
    status: {
      http: redirect ? 'redirected' : 'served',
      https: gate.open ? 'open' : 'waiting',
      ...(gate.open ? {} : { httpsReason: gate.reason }),
    },
    served: {
      http: !redirect,
      https: gate.open ? https : undefined,
      redirect,
      ...(listener === undefined ? {} : { listener }),
      ...(certificateOf === undefined ? {} : { certificateOf }),
    },
  };
}
