import type { WorkloadConfig, WorkloadTlsConfig } from '../../contract/runtime-config.ts';
import { sharedSecretName } from '../../contract/runtime-names.ts';
import type { SharedSteps } from '../context.ts';
import { isOurs } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';
import { dnsNamesOf } from './certificates.ts';
import { secretNames } from './secrets.ts';

/** Certificate authorities allow 100 names on a certificate. */
export const MAX_NAMES = 100;
/** Gateway API allows 64 certificateRefs on a listener. */
export const MAX_SHARDS = 64;

/** One of the shared Certificates with its Secret. */
export interface CertificateShard {
  readonly number: number;
  readonly name: string;
  readonly certificate: KubeObject | undefined;
  /** Names of the Certificate's spec. */
  readonly spec: readonly string[];
  /** Names of the Secret as it is. */
  readonly served: readonly string[];
}

/** The shards that exist, and always the first. */
export function observeCertificateShards(
  shared: SharedSteps,
  { gateway }: WorkloadConfig,
  { secretName }: WorkloadTlsConfig,
  existing: readonly KubeObject[],
): readonly CertificateShard[] {
  const names = new Set(
    existing
      .filter(({ metadata }) => metadata.namespace === gateway.namespace)
      .map(({ metadata }) => metadata.name),
  );
  const shards: CertificateShard[] = [];
  for (let number = 1; number <= MAX_SHARDS; number += 1) {
    const name = sharedSecretName(secretName, number);
    if (number > 1 && !names.has(name)) continue;
    const certificate = shared.store.certificate(name);
    const secret = shared.store.secret(name);
    shards.push({
      number,
      name,
      certificate,
      spec: certificate === undefined || !isOurs(certificate) ? [] : dnsNamesOf(certificate),
      served: secret === undefined ? [] : (secretNames(secret) ?? []),
    });
  }
  return shards;
}

/** A shard that is not there yet. */
export function newCertificateShard(number: number, { secretName }: WorkloadTlsConfig): CertificateShard {
  return { number, name: sharedSecretName(secretName, number), certificate: undefined, spec: [], served: [] };
}
