import type { WorkloadConfig, WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import type { SharedSteps } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import type { SharedCertificateStatus } from '../status.ts';
import type { Clock } from '../world/clock.ts';
import { type Hold, isHeld } from '../world/hold.ts';
import { get } from '../world/json.ts';
import type { SharedMemory } from '../world/memory.ts';
import { conditionOf } from '../world/objects.ts';
import { combine, found, type Part, remove, withdraw } from '../world/part.ts';
import type { KubeObject } from '../world/world.ts';
import { type CertificateShard, observeCertificateShards } from './certificate-shards.ts';
import type { OrderRequest } from './certificates.ts';
import { placeNames } from './name-placement.ts';
import { otherWriterFinding } from './other-writers.ts';
import { quarantineAfterFailure } from './quarantine.ts';
import { secretIsFree } from './secrets.ts';
import { writeCertificateShard } from './shard-write.ts';

export interface SharedCertificatesPlan extends Part {
  readonly orders: readonly OrderRequest[];
  /** Secrets with names that are wanted, in shard order: what the listener may refer to. */
  readonly secrets: readonly string[];
  readonly statuses: readonly SharedCertificateStatus[];
  readonly quarantine: SharedMemory['quarantine'];
}

/**
 * The shared Certificates (runbook section 5.4): all wanted names, at most 100 each.
 *
 * Every change of a certificate's names is an order that certificate authorities count. So a name never changes its
 * shard; removed names leave with the next addition or renewal; additions are collected, the first at once, the next
 * after 10 minutes; one batch goes to one shard where it fits.
 */
export function planSharedCertificates(
  shared: SharedSteps,
  wantedNames: ReadonlySet<string>,
  hold: Hold,
  clock: Clock,
): SharedCertificatesPlan {
  const { workload } = shared;
  const tls = workload?.tls;
  const existing = shared.observed.shared().filter(({ kind }) => kind === 'Certificate');
  if (workload === undefined || tls === undefined || !tls.certManager || tls.issuerRef === undefined)
    return switchedOff(tls, existing, hold);
  const { issuerRef } = tls;
  const { certificate: apiVersion } = shared.apis;
  const shards = observeCertificateShards(shared, workload, tls, existing);
  // Names of clusters whose withdrawal is held back are not among the wanted ones and stay all the same.
  const keepAll = isHeld(hold, 'hostname') || isHeld(hold, 'HTTPRoute');
  const failed = quarantineAfterFailure(shards, wantedNames, shared.memory.quarantine, clock);
  const { excluded } = failed;
  const { placement, findings } = placeNames({ shards, wanted: wantedNames, excluded, tls, keepAll, clock });
  const contested = placement.flatMap(({ shard: { name } }) => {
    const other = shared.store.otherWriter(name);
    return other === undefined ? [] : [{ name, other }];
  });
  const blocked = shards.filter(({ name }) => !secretIsFree(shared.store.secret(name), name));
  const isBlocked = (name: string): boolean => [...blocked, ...contested].some((one) => one.name === name);
  const missing =
    apiVersion === undefined
      ? [
          finding(
            'CertificateCRDMissing',
            null,
            `no Certificate is written: ${shared.apis.unmet.certificate}`,
          ),
        ]
      : [];
  const plans =
    apiVersion === undefined || !shared.host.complete
      ? []
      : placement
          .filter(({ shard, names }) => !isBlocked(shard.name) && names.length > 0)
          .map((placed) =>
            writeCertificateShard({ ...placed, shared, workload, issuerRef, apiVersion, clock }),
          );
  const live = shards.filter(({ name, spec, served }) => {
    const names = placement.find(({ shard }) => shard.name === name)?.names ?? spec;
    return (keepAll && spec.length > 0) || [...names, ...served].some((one) => wantedNames.has(one));
  });
  return {
    ...combine([
      found(
        ...failed.findings,
        ...findings,
        ...notOurs(workload, blocked),
        ...contested.map(({ name, other }) => otherWriterFinding(null, name, other)),
        ...missing,
      ),
      ...plans.map(({ part }) => part),
      dropUnused(shared, tls, existing, new Set(live.map(({ name }) => name)), hold),
    ]),
    orders: plans.flatMap(({ orders }) => orders),
    secrets: shards.filter((one) => live.includes(one) || isBlocked(one.name)).map(({ name }) => name),
    statuses: shards.filter(({ certificate }) => certificate !== undefined).map(statusOf),
    quarantine: failed.quarantine,
  };
}

function switchedOff(
  tls: WorkloadTlsConfig | undefined,
  existing: readonly KubeObject[],
  hold: Hold,
): SharedCertificatesPlan {
  const dropped = hold.everything
    ? []
    : existing.map((one) => remove(one, { cluster: null, reason: 'certManager is off; the Secret stays' }));
  return {
    ...combine(dropped),
    orders: [],
    secrets: tls === undefined ? [] : [tls.secretName],
    statuses: [],
    quarantine: {},
  };
}

function notOurs({ gateway }: WorkloadConfig, blocked: readonly CertificateShard[]): readonly Finding[] {
  return blocked.map(({ name }) =>
    finding('SecretNotOurs', null, `Secret ${gateway.namespace}/${name} is not made by our Certificate`, {
      object: { apiVersion: 'v1', kind: 'Secret', namespace: gateway.namespace, name },
    }),
  );
}

/** Shards without a wanted name, and Certificates of an earlier secretName, go after the listener let go of them. */
function dropUnused(
  shared: SharedSteps,
  tls: WorkloadTlsConfig,
  existing: readonly KubeObject[],
  used: ReadonlySet<string>,
  hold: Hold,
): Part {
  const referred = new Set(shared.listeners.own.get(tls.httpsListenerName)?.entry.secretNames ?? []);
  return combine(
    existing
      .filter(({ metadata }) => !used.has(metadata.name) && !referred.has(metadata.name))
      .map((certificate) =>
        withdraw(certificate, 'Certificate', hold, {
          cluster: null,
          reason: 'none of its names is wanted any more; the Secret stays',
        }),
      ),
  );
}

function statusOf({ certificate, name, spec }: CertificateShard): SharedCertificateStatus {
  const ready = conditionOf(get(certificate?.status, 'conditions'), 'Ready');
  const current = ready?.status === 'True' && ready.observedGeneration === certificate?.metadata.generation;
  return { name, names: spec.length, ready: current };
}
