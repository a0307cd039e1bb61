import { CERTIFICATE_ANNOTATIONS } from '../../contract/labels.ts';
import type { WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import { registeredDomain } from '../../text/public-suffix.ts';
import type { ClusterContext } from '../context.ts';
import { finding } from '../findings.ts';
import { isOurs, referenceOf } from '../world/objects.ts';
import { combine, found, NOTHING, type Part, remove, want, withdraw } from '../world/part.ts';
import type { KubeObject } from '../world/world.ts';
import {
  certificateObject,
  issuanceFailure,
  needsOrder,
  type OrderRequest,
  orderAnnotation,
} from './certificates.ts';
import type { DedicatedHostname } from './hostname-plan.ts';
import { issuerOf } from './issuer.ts';
import { otherWriterFinding } from './other-writers.ts';
import { secretIsFree, secretNames, secretProblem } from './secrets.ts';

export interface DedicatedCertificatesPlan extends Part {
  readonly orders: readonly OrderRequest[];
}

/** One Certificate with exactly one name for each self-managed hostname that is ready (runbook section 5.4). */
export function planDedicatedCertificates(
  context: ClusterContext,
  wanted: readonly DedicatedHostname[],
): DedicatedCertificatesPlan {
  const { shared, id, objects } = context;
  const tls = shared.workload?.tls;
  const names = new Set(wanted.map(({ name }) => name));
  const obsolete = objects
    .filter(({ kind, metadata }) => kind === 'Certificate' && !names.has(metadata.name))
    .map((certificate) => dropCertificate(context, certificate));
  if (tls === undefined || wanted.length === 0) return { ...combine(obsolete), orders: [] };
  const { certificate: apiVersion } = shared.apis;
  if (apiVersion === undefined) {
    return {
      ...combine([
        ...obsolete,
        found(
          finding('CertificateCRDMissing', id, `no Certificate is written: ${shared.apis.unmet.certificate}`),
        ),
      ]),
      orders: [],
    };
  }
  const plans = wanted.map((hostname) => planCertificate(context, hostname, tls, apiVersion));
  return { ...combine([...obsolete, ...plans]), orders: plans.flatMap(({ orders }) => orders) };
}

function planCertificate(
  context: ClusterContext,
  { hostname, name, binding, mayOrder, createdAt }: DedicatedHostname,
  tls: WorkloadTlsConfig,
  apiVersion: string,
): DedicatedCertificatesPlan {
  const { shared, id, clock } = context;
  const namespace = shared.workload?.gateway.namespace ?? '';
  const observed = shared.store.certificate(name);
  const secret = shared.store.secret(name);
  const issuerRef = issuerOf(binding?.input.issuerRef, tls);
  if (binding === undefined || issuerRef === undefined) return { ...NOTHING, orders: [] };
  const reference = { apiVersion, kind: 'Certificate', namespace, name };
  const other = shared.store.otherWriter(name);
  if (other !== undefined) return { ...found(otherWriterFinding(id, name, other, { hostname })), orders: [] };
  if (!secretIsFree(secret, name)) {
    const problem = finding(
      'SecretNotOurs',
      id,
      `Secret ${namespace}/${name} is not made by our Certificate`,
      { hostname, object: reference },
    );
    return { ...found(problem), orders: [] };
  }
  const failure = observed === undefined ? undefined : issuanceFailure(observed);
  const findings =
    failure === undefined ? [] : [finding('CertificateFailed', id, failure, { hostname, object: reference })];
  // Made again over its kept Secret, a Certificate is ready without an order.
  const served =
    secret !== undefined &&
    secretNames(secret)?.includes(hostname) === true &&
    secretProblem(secret, undefined, clock) === undefined;
  const ordering = observed === undefined ? !served : needsOrder(observed, [hostname], issuerRef);
  if (ordering && (!mayOrder || !shared.host.complete)) return { ...found(...findings), orders: [] };
  const part = want(
    certificateObject({
      apiVersion,
      name,
      namespace,
      dnsNames: [hostname],
      issuerRef,
      clusterId: id,
      annotations: { [CERTIFICATE_ANNOTATIONS.orders]: orderAnnotation(observed, clock, ordering) },
    }),
    observed,
    {
      cluster: id,
      reason: observed === undefined ? `${hostname} reaches its target` : 'the Certificate differs',
      // It carries its own orders forward: an older list would forget some.
      seen: 'state',
    },
  );
  if (!ordering || part.actions.length === 0) return { ...combine([part, found(...findings)]), orders: [] };
  const domains = [registeredDomain(hostname)];
  return {
    ...found(...findings),
    orders: [{ certificate: name, domains, createdAt, part, cluster: id, hostname }],
  };
}

/** A Certificate goes after its listener; its Secret stays, so that binding the name again orders nothing. */
function dropCertificate(context: ClusterContext, certificate: KubeObject): Part {
  const { shared, hold, id } = context;
  const { name } = certificate.metadata;
  if (shared.listeners.own.has(name) || !isOurs(certificate)) return NOTHING;
  const circumstances = { cluster: id, reason: `${referenceOf(certificate).name} is not wanted any more` };
  const switchedOff = shared.workload?.tls?.selfManaged !== true;
  if (switchedOff) return hold.everything ? NOTHING : remove(certificate, circumstances);
  return withdraw(certificate, 'Certificate', hold, circumstances);
}
