import { isRecord, listOf, numberOf, textOf, textsOf } from '../../planner/world/json.ts';
import type { SecretCertificate } from '../../planner/world/world.ts';
import type { SeenObject } from './facts.ts';

/** Data that is meant to be an object of Kubernetes, each field of the type that it has there; undefined when it is none. */
export function readObject(value: unknown): SeenObject | undefined {
  if (!isRecord(value) || !isRecord(value.metadata)) return undefined;
  const { apiVersion, kind, metadata } = value;
  const { name, ownerReferences } = metadata;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string')
    return undefined;
  const generation = numberOf(metadata.generation);
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...texts(metadata, ['namespace', 'uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp']),
      ...(generation === undefined ? {} : { generation }),
      ...(isRecord(metadata.labels) ? { labels: textMap(metadata.labels) } : {}),
      ...(isRecord(metadata.annotations) ? { annotations: textMap(metadata.annotations) } : {}),
      ...(Array.isArray(ownerReferences) ? { ownerReferences: listOf(ownerReferences) } : {}),
    },
    ...given(value, ['spec', 'status', 'addressType', 'endpoints', 'ports', 'type', 'roleRef']),
    ...(isRecord(value.certificate) ? { certificate: certificateOf(value.certificate) } : {}),
    ...(Array.isArray(value.keys) ? { keys: textsOf(value.keys) } : {}),
  };
}

function certificateOf({
  dnsNames,
  notAfter,
  keyMatches,
}: Readonly<Record<string, unknown>>): SecretCertificate {
  const ends = textOf(notAfter);
  return {
    dnsNames: textsOf(dnsNames),
    ...(ends === undefined ? {} : { notAfter: ends }),
    ...(typeof keyMatches === 'boolean' ? { keyMatches } : {}),
  };
}

function texts(
  record: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, string>> {
  return textMap(given(record, keys));
}

function given(
  record: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])));
}

/** The entries of a map that are texts. */
function textMap(map: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
