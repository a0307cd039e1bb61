import type { WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import { isBelow, isWildcard } from '../../text/hostnames.ts';
import type { FindingCode } from '../findings.ts';
import type { Rule } from '../rule.ts';
import type { HostnameStatus } from '../status.ts';
import type { DnsPhase } from '../world/memory.ts';

export interface CertificateFacts {
  readonly hostname: string;
  readonly management: HostnameStatus['management'];
  readonly tls: WorkloadTlsConfig | undefined;
  readonly baseDomain: () => string | undefined;
  /** Where its DNS stands; of self-managed hostnames only. */
  readonly phase: DnsPhase;
  /** It has a certificate or an HTTPS route of its own. */
  readonly wasReady: boolean;
  /** Another certificate that covers the hostname or would do so, in words. */
  readonly overlap: () => string | undefined;
  /** A wildcard of the same cluster whose certificate covers the hostname. */
  readonly ownWildcard: () => string | undefined;
}

/** Which certificate serves a hostname: the shared one, one of its own, or none. */
export interface CertificateChoice {
  readonly target: 'shared' | 'dedicated' | undefined;
  /** Of a dedicated one: the hostname whose certificate it is, where that is another. */
  readonly of?: string;
  readonly problem?: { readonly code: FindingCode; readonly message: string };
}

type CertificateRule = Rule<CertificateFacts, CertificateChoice>;

const noSharedListener: CertificateRule = {
  name: 'NoSharedListener',
  says: 'A target or platform-managed hostname has none without the shared HTTPS listener; self-managed certificates alone do not need it.',
  source: 'runbook 4.7, tls and certManager.enabled',
  decide: ({ management, tls }) =>
    management === 'self' || hasSharedListener(tls) ? undefined : NO_CERTIFICATE,
};

const noBaseDomain: CertificateRule = {
  name: 'NoBaseDomain',
  says: 'Without a base domain the shared HTTPS listener has no hostname, and none is served there.',
  source: 'runbook 5.4, managed_workload_ingress_base_domain',
  decide: ({ management, baseDomain }) =>
    management !== 'self' && baseDomain() === undefined ? NO_CERTIFICATE : undefined,
};

const outsideBaseDomain: CertificateRule = {
  name: 'OutsideBaseDomain',
  says: 'A target that is not below the base domain has none.',
  source: 'runbook 5.4, managed_workload_ingress_base_domain',
  finding: 'TargetOutsideBaseDomain',
  decide: ({ hostname, management, baseDomain }) => {
    const domain = management === 'self' ? undefined : baseDomain();
    if (domain === undefined || isBelow(hostname, domain)) return undefined;
    return withoutBecause('TargetOutsideBaseDomain', `${hostname} is not below ${domain}`);
  },
};

const wildcardNeedsDns01: CertificateRule = {
  name: 'WildcardNeedsDns01',
  says: 'A platform-managed wildcard has none unless the issuer can prove wildcards.',
  source: "Let's Encrypt, challenge types: wildcards are proven by DNS-01 only",
  finding: 'WildcardNeedsDns01',
  decide: ({ hostname, management, tls }) =>
    management === 'self' || !isWildcard(hostname) || tls?.wildcardCertificate === true
      ? undefined
      : withoutBecause('WildcardNeedsDns01', `${hostname} has no certificate`),
};

const belowBaseDomain: CertificateRule = {
  name: 'BelowBaseDomain',
  says: 'Targets and platform-managed hostnames are served by the shared certificates.',
  source: 'runbook 5.4, certManager.enabled',
  decide: ({ management }) => (management === 'self' ? undefined : { target: 'shared' }),
};

const selfManagedOff: CertificateRule = {
  name: 'SelfManagedOff',
  says: 'A self-managed hostname has none unless the config gives such hostnames certificates.',
  source: 'runbook 5.4, certManager.selfManaged.enabled',
  decide: ({ tls }) => (tls?.selfManaged === true ? undefined : NO_CERTIFICATE),
};

const dnsLost: CertificateRule = {
  name: 'DnsLost',
  says: 'A self-managed hostname whose DNS has been elsewhere for a day has none any more.',
  source: 'docs/runtime.md, DnsLost',
  decide: ({ phase }) => (phase === 'lost' ? NO_CERTIFICATE : undefined),
};

const overlapping: CertificateRule = {
  name: 'Overlapping',
  says: "A self-managed hostname has none while a certificate covers it that is not the same cluster's; the older of two bindings keeps its own.",
  source: 'RFC 9113, 9.1.1: connections are reused for every name of a certificate',
  finding: 'OverlappingCertificates',
  decide: ({ overlap }) => {
    const message = overlap();
    return message === undefined ? undefined : withoutBecause('OverlappingCertificates', message);
  },
};

const dnsPending: CertificateRule = {
  name: 'DnsPending',
  says: 'A self-managed hostname that was never ready waits until its DNS reaches the target.',
  source: 'docs/decisions.md, deviation 3 from the runbook',
  decide: ({ phase, wasReady }) => (phase === 'pending' && !wasReady ? NO_CERTIFICATE : undefined),
};

const ownWildcard: CertificateRule = {
  name: 'OwnWildcard',
  says: "A self-managed hostname directly below a wildcard of the same cluster is served by the wildcard's certificate.",
  source: 'RFC 9525, 6.3: a wildcard covers one label; a second certificate would cost orders for nothing',
  decide: ({ ownWildcard: above }) => {
    const wildcard = above();
    return wildcard === undefined ? undefined : { target: 'dedicated', of: wildcard };
  },
};

const ofItsOwn: CertificateRule = {
  name: 'OfItsOwn',
  says: 'A self-managed hostname is served by a certificate of its own.',
  source: 'runbook 5.4, certManager.selfManaged.enabled',
  decide: () => ({ target: 'dedicated' }),
};

/** Which certificate serves a hostname that a cluster may have, in this order. */
export const CERTIFICATE_TARGET_RULES: readonly CertificateRule[] = [
  noSharedListener,
  noBaseDomain,
  outsideBaseDomain,
  wildcardNeedsDns01,
  belowBaseDomain,
  selfManagedOff,
  dnsLost,
  overlapping,
  dnsPending,
  ownWildcard,
  ofItsOwn,
];

/** What holds when no rule has anything to say. */
export const NO_CERTIFICATE: CertificateChoice = Object.freeze({ target: undefined });

/** Whether a config has the shared HTTPS listener at all; self-managed certificates alone do not need it. */
export function hasSharedListener(tls: WorkloadTlsConfig | undefined): boolean {
  return tls !== undefined && (tls.certManager || !tls.selfManaged);
}

function withoutBecause(code: FindingCode, message: string): CertificateChoice {
  return { target: undefined, problem: { code, message } };
}
