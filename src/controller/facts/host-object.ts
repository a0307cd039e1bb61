import type { StoredObject } from '../../kube/index.ts';
import { isRecord, listOf, numberOf, recordOf, textOf, textsOf } from '../../planner/world/json.ts';
import type { HostNode, KubeObject, ObjectMeta, SecretCertificate } from '../../planner/world/world.ts';

/** An object as the planner takes it: the fields that it knows, each of the type that it has there. */
export function hostObject(object: StoredObject): KubeObject {
  const { apiVersion, kind, spec, status, addressType, endpoints, ports, type, certificate } = object;
  return {
    apiVersion,
    kind,
    metadata: metadataOf(object),
    ...given({ spec, status, addressType, endpoints, ports, type }),
    ...(isRecord(certificate) ? { certificate: certificateOf(certificate) } : {}),
  };
}

function metadataOf({ metadata }: StoredObject): ObjectMeta {
  const { name, namespace, uid, resourceVersion } = metadata;
  const generation = numberOf(metadata.generation);
  const { managedFields, ownerReferences } = metadata;
  return {
    name,
    uid,
    resourceVersion,
    ...(namespace === undefined ? {} : { namespace }),
    ...(generation === undefined ? {} : { generation }),
    ...textField('creationTimestamp', metadata.creationTimestamp),
    ...textField('deletionTimestamp', metadata.deletionTimestamp),
    ...(isRecord(metadata.labels) ? { labels: textMap(metadata.labels) } : {}),
    ...(isRecord(metadata.annotations) ? { annotations: textMap(metadata.annotations) } : {}),
    ...(Array.isArray(managedFields) ? { managedFields: listOf(managedFields) } : {}),
    ...(Array.isArray(ownerReferences) ? { ownerReferences: listOf(ownerReferences) } : {}),
  };
}

function certificateOf(certificate: Readonly<Record<string, unknown>>): SecretCertificate {
  const { dnsNames, notAfter, keyMatches } = certificate;
  return {
    dnsNames: textsOf(dnsNames),
    ...(typeof notAfter === 'string' ? { notAfter } : {}),
    ...(typeof keyMatches === 'boolean' ? { keyMatches } : {}),
  };
}

/** A Node of the host as the planner takes it. */
export function hostNode(node: Pick<KubeObject, 'metadata' | 'spec' | 'status'>): HostNode {
  const { metadata, spec } = node;
  return {
    name: metadata.name,
    ...nodeAddresses(node),
    ...(metadata.labels === undefined ? {} : { labels: metadata.labels }),
    podCIDRs: podCIDRsOf(recordOf(spec)),
  };
}

/** Whether a Node is ready, and where it is reached. */
export function nodeAddresses({ status }: Pick<KubeObject, 'status'>): {
  readonly ready: boolean;
  readonly internalIPs: readonly string[];
  readonly externalIPs: readonly string[];
} {
  const { conditions, addresses } = recordOf(status);
  const ofType = (wanted: string): readonly string[] =>
    listOf(addresses)
      .map(recordOf)
      .filter(({ type }) => type === wanted)
      .flatMap(({ address }) => textOf(address) ?? []);
  return {
    ready: isTrue(conditions, 'Ready'),
    internalIPs: ofType('InternalIP'),
    externalIPs: ofType('ExternalIP'),
  };
}

/** Whether a condition of a type is true. */
export function isTrue(conditions: unknown, wanted: string): boolean {
  return listOf(conditions)
    .map(recordOf)
    .some(({ type, status }) => type === wanted && status === 'True');
}

export function podCIDRsOf({ podCIDR, podCIDRs }: Readonly<Record<string, unknown>>): readonly string[] {
  const all = textsOf(podCIDRs);
  return all.length > 0 ? all : textsOf([podCIDR]);
}

/** The entries of a map that are texts. */
export function textMap(map: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function textField<K extends string>(key: K, value: unknown): { readonly [Key in K]?: string } {
  const field: Partial<Record<K, string>> = {};
  if (typeof value === 'string') field[key] = value;
  return field;
}

function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
