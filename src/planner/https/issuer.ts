import type { IssuerReference, WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import type { Binding } from '../ownership/index.ts';

const CERT_MANAGER = 'cert-manager.io';

/** Kinds of the group cert-manager.io; other groups are external issuers, whose kinds are their own. */
const ISSUER_KINDS: ReadonlySet<string> = new Set(['Issuer', 'ClusterIssuer']);

/** The binding's own issuer, else the one for self-managed hostnames, else the default (runbook section 4.7). */
export function issuerOf(
  own: Binding['input']['issuerRef'],
  tls: WorkloadTlsConfig,
): IssuerReference | undefined {
  return namedIssuer(own) ?? tls.selfManagedIssuerRef ?? tls.issuerRef;
}

/** The kind of the issuer that a binding names, when cert-manager does not have it. */
export function unknownIssuerKind(own: Binding['input']['issuerRef']): string | undefined {
  const issuer = namedIssuer(own);
  if (issuer === undefined || issuer.group !== CERT_MANAGER) return undefined;
  return ISSUER_KINDS.has(issuer.kind) ? undefined : issuer.kind;
}

/** What is empty is not said. */
function namedIssuer(own: Binding['input']['issuerRef']): IssuerReference | undefined {
  if (own === undefined || own.name === '') return undefined;
  const { name, kind = '', group = '' } = own;
  return {
    name,
    kind: kind === '' ? 'ClusterIssuer' : kind,
    group: group === '' ? CERT_MANAGER : group,
  };
}
