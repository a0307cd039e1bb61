import { hostnameObjectName } from '../../contract/runtime-names.ts';
import type { Shared } from '../context.ts';
import { type Finding, finding } from '../findings.ts';
import { compareText } from '../world/json.ts';
import type { KubeObject } from '../world/world.ts';
import { secretNames } from './secrets.ts';

/** Secrets of hostnames that left a cluster. They are kept, so that binding a name again orders nothing. */
export interface SecretsLeft {
  readonly count: number;
  readonly findings: readonly Finding[];
}

/**
 * @param objects those of one cluster.
 * @param bound hostnames that the cluster has.
 */
export function secretsLeft(
  { listeners, store, host, registry }: Pick<Shared, 'listeners' | 'store' | 'host' | 'registry'>,
  cluster: string,
  objects: readonly KubeObject[],
  bound: readonly string[],
): SecretsLeft {
  // What was not read may be there.
  if (!host.complete) return NONE;
  const unused = objects.filter(
    ({ kind, metadata: { name } }) =>
      kind === 'Secret' && store.certificate(name) === undefined && !listeners.own.has(name),
  );
  // Nearly every plan ends here, before any name is hashed.
  if (unused.length === 0) return NONE;
  const wanted = new Set(bound.map(hostnameObjectName));
  const isClaimed = (secret: KubeObject): boolean =>
    (secretNames(secret) ?? []).some((name) => registry.claimsOn(name).length > 0);
  const left = unused
    .filter((secret) => !wanted.has(secret.metadata.name) && !isClaimed(secret))
    .sort((a, b) => compareText(a.metadata.name, b.metadata.name));
  const [first] = left;
  if (first === undefined) return NONE;
  const names = left.slice(0, 5).map(({ metadata }) => metadata.name);
  const more = left.length > names.length ? `, then those of ${left.length - names.length} more` : '';
  const stays = left.length === 1 ? '1 Secret stays' : `${left.length} Secrets stay`;
  const message = `${stays}: kubectl delete secret -n ${first.metadata.namespace ?? ''} ${names.join(' ')}${more}`;
  return { count: left.length, findings: [finding('SecretLeft', cluster, message)] };
}

const NONE: SecretsLeft = Object.freeze({ count: 0, findings: [] });
