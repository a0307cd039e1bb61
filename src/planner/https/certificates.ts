import { CERTIFICATE_ANNOTATIONS, LABELS, RUNTIME_MANAGED_BY, SYNC_KINDS } from '../../contract/labels.ts';
import type { IssuerReference } from '../../contract/runtime-config.ts';
import { registeredDomain } from '../../text/public-suffix.ts';
import { type Clock, DAY, formatTime, parseTime } from '../world/clock.ts';
import { at, get, textsOf } from '../world/json.ts';
import type { OrderMemory } from '../world/memory.ts';
import { annotation, conditionOf } from '../world/objects.ts';
import type { Part } from '../world/part.ts';
import type { PlannedCertificate } from '../world/planned.ts';
import type { KubeObject } from '../world/world.ts';

/** How long certificate authorities count orders back. */
export const ORDER_SPAN = 7 * DAY;

/** A write that makes cert-manager order a certificate; the budget decides whether it goes out. */
export interface OrderRequest {
  readonly certificate: string;
  readonly domains: readonly string[];
  /** Older requests go first. */
  readonly createdAt: number;
  readonly part: Part;
  readonly cluster: string | null;
  readonly hostname?: string;
}

export interface CertificateSpec {
  readonly apiVersion: string;
  /** Also the name of its Secret, so that cert-manager's own Gateway shim leaves both alone. */
  readonly name: string;
  readonly namespace: string;
  readonly dnsNames: readonly string[];
  readonly issuerRef: IssuerReference;
  /** null: shared. */
  readonly clusterId: string | null;
  readonly annotations: Readonly<Record<string, string>>;
}

/** commonName is never set: it may not exceed 64 bytes. kind and group are written out: their defaults changed once. */
export function certificateObject(spec: CertificateSpec): PlannedCertificate {
  const labels = {
    [LABELS.managedBy]: RUNTIME_MANAGED_BY,
    [LABELS.syncKind]: SYNC_KINDS.workloadEdge,
    ...(spec.clusterId === null ? {} : { [LABELS.clusterId]: spec.clusterId }),
  };
  return {
    apiVersion: spec.apiVersion,
    kind: 'Certificate',
    metadata: { name: spec.name, namespace: spec.namespace, labels, annotations: spec.annotations },
    spec: {
      secretName: spec.name,
      dnsNames: spec.dnsNames,
      issuerRef: { name: spec.issuerRef.name, kind: spec.issuerRef.kind, group: spec.issuerRef.group },
      privateKey: { rotationPolicy: 'Always' },
      secretTemplate: { labels },
    },
  };
}

export function dnsNamesOf(certificate: KubeObject): readonly string[] {
  return textsOf(at(certificate.spec, 'dnsNames'));
}

/** Whether cert-manager would order anew for this spec. */
export function needsOrder(
  certificate: KubeObject,
  dnsNames: readonly string[],
  issuerRef: IssuerReference,
): boolean {
  const current = new Set(dnsNamesOf(certificate));
  const sameNames = current.size === new Set(dnsNames).size && dnsNames.every((name) => current.has(name));
  const issuer = at(certificate.spec, 'issuerRef');
  return (
    !sameNames ||
    get(issuer, 'name') !== issuerRef.name ||
    get(issuer, 'kind') !== issuerRef.kind ||
    get(issuer, 'group') !== issuerRef.group
  );
}

/** When a Certificate was ordered, newest last, by its annotation. */
export function orderTimes(certificate: KubeObject | undefined): readonly string[] {
  const text =
    certificate === undefined ? undefined : annotation(certificate, CERTIFICATE_ANNOTATIONS.orders);
  return (text ?? '')
    .split(',')
    .filter((time) => parseTime(time) !== undefined)
    .slice(-50);
}

/** The annotation that remembers orders, with one more now when there is one. */
export function orderAnnotation(
  certificate: KubeObject | undefined,
  clock: Clock,
  ordering: boolean,
): string {
  const before = orderTimes(certificate);
  if (!ordering) return before.join(',');
  const recent = before.filter((time) => !clock.reached((parseTime(time) ?? 0) + ORDER_SPAN));
  return [...recent, formatTime(clock.now)].join(',');
}

/** The orders of the last 7 days that a Certificate remembers. */
export function recentOrders(certificate: KubeObject, clock: Clock): readonly OrderMemory[] {
  const domains = [...new Set(dnsNamesOf(certificate).map(registeredDomain))];
  return orderTimes(certificate)
    .filter((time) => !clock.reached((parseTime(time) ?? 0) + ORDER_SPAN))
    .flatMap((time) =>
      domains.map((domain) => ({ certificate: certificate.metadata.name, domain, at: time })),
    );
}

/** Why the issuance of the Certificate as it stands failed; undefined when it did not. */
export function issuanceFailure(certificate: KubeObject): string | undefined {
  const issuing = conditionOf(get(certificate.status, 'conditions'), 'Issuing');
  if (issuing?.status !== 'False' || issuing.reason !== 'Failed') return undefined;
  // A failure of an earlier spec says nothing about this one.
  if (
    issuing.observedGeneration !== undefined &&
    issuing.observedGeneration !== certificate.metadata.generation
  )
    return undefined;
  return issuing.message === '' ? 'cert-manager reports a failed issuance' : issuing.message;
}
