import { CERTIFICATE_ANNOTATIONS } from '../../contract/labels.ts';
import type { IssuerReference, WorkloadConfig } from '../../contract/runtime-config.ts';
import { registeredDomain } from '../../text/public-suffix.ts';
import type { SharedSteps } from '../context.ts';
import { type Clock, formatTime } from '../world/clock.ts';
import { annotation } from '../world/objects.ts';
import { found, type Part, want } from '../world/part.ts';
import type { KubeObject } from '../world/world.ts';
import {
  certificateObject,
  dnsNamesOf,
  needsOrder,
  type OrderRequest,
  orderAnnotation,
} from './certificates.ts';
import type { Placement } from './name-placement.ts';

export interface ShardWrite {
  readonly part: Part;
  readonly orders: readonly OrderRequest[];
}

export interface ShardToWrite extends Placement {
  readonly shared: SharedSteps;
  readonly workload: WorkloadConfig;
  readonly issuerRef: IssuerReference;
  readonly apiVersion: string;
  readonly clock: Clock;
}

/** Writes a shard with its names; a write that is an order is asked of the budget. */
export function writeCertificateShard(input: ShardToWrite): ShardWrite {
  const { shared, workload, issuerRef, apiVersion, shard, names, grew, clock } = input;
  const { certificate, name } = shard;
  const served = new Set(shard.served);
  const ordering =
    certificate === undefined
      ? shared.store.secret(name) === undefined ||
        served.size !== names.length ||
        !names.every((one) => served.has(one))
      : needsOrder(certificate, names, issuerRef);
  const changedAt =
    certificate === undefined ? undefined : annotation(certificate, CERTIFICATE_ANNOTATIONS.namesChangedAt);
  const object = certificateObject({
    apiVersion,
    name,
    namespace: workload.gateway.namespace,
    dnsNames: names,
    issuerRef,
    clusterId: null,
    annotations: {
      [CERTIFICATE_ANNOTATIONS.orders]: orderAnnotation(certificate, clock, ordering),
      [CERTIFICATE_ANNOTATIONS.namesChangedAt]:
        grew || changedAt === undefined ? formatTime(clock.now) : changedAt,
    },
  });
  const sameNames = certificate !== undefined && !needsOrder(certificate, names, issuerRef);
  const part =
    sameNames && isSame(certificate, object)
      ? found()
      : // The orders of a Certificate, and names that stay, are what was observed.
        want(object, certificate, { cluster: null, reason: `${names.length} names`, seen: 'state' });
  if (!ordering || part.actions.length === 0) return { part, orders: [] };
  return {
    part: found(),
    orders: [
      {
        certificate: name,
        domains: [...new Set(names.map(registeredDomain))],
        createdAt: 0,
        part,
        cluster: null,
      },
    ],
  };
}

/** The order of names means nothing to cert-manager. */
function isSame(
  certificate: KubeObject,
  object: { readonly spec?: unknown; readonly metadata: KubeObject['metadata'] },
): boolean {
  const same = {
    ...object,
    spec: { ...(object.spec as object), dnsNames: dnsNamesOf(certificate) },
  } as Parameters<typeof want>[0];
  return want(same, certificate, { cluster: null, reason: '' }).actions.length === 0;
}
