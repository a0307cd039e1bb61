import { LABELS } from '../../contract/labels.ts';
import type { HostObject, KubeObject, ObjectMeta, World } from '../../planner/world/index.ts';
import { isOurs } from '../../planner/world/objects.ts';

/** Annotations of cert-manager that the planner reads. */
const READ_OF_SECRETS: ReadonlySet<string> = new Set([
  'cert-manager.io/certificate-name',
  'cert-manager.io/alt-names',
]);

const READ_LABELS: ReadonlySet<string> = new Set(Object.values(LABELS));

/**
 * A World without anything that may be a secret: of Secrets their names, type and what the certificate says; of objects of
 * others no annotations, where tokens are put now and then. The planner reads none of it, so its plan is the same.
 */
export function withoutSecrets(world: World): World {
  const objects = world.host.objects.map((object) => cleaned(object) as HostObject); // the same kind, with less of it
  return { ...world, host: { ...world.host, objects } };
}

function cleaned(object: KubeObject): KubeObject {
  if (object.kind === 'Secret') return secret(object);
  if (isOurs(object)) return object;
  const { annotations: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function secret({ apiVersion, kind, metadata, type, certificate }: KubeObject): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: secretMeta(metadata),
    ...(type === undefined ? {} : { type }),
    ...(certificate === undefined ? {} : { certificate: certificateOf(certificate) }),
  };
}

function secretMeta(metadata: ObjectMeta): ObjectMeta {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp } =
    metadata;
  const given = { namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp };
  return {
    name,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    labels: picked(metadata.labels, READ_LABELS),
    annotations: picked(metadata.annotations, READ_OF_SECRETS),
  };
}

function certificateOf({ dnsNames, notAfter, keyMatches }: NonNullable<KubeObject['certificate']>) {
  return {
    ...(dnsNames === undefined ? {} : { dnsNames }),
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(keyMatches === undefined ? {} : { keyMatches }),
  };
}

function picked(
  map: Readonly<Record<string, string>> | undefined,
  keys: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => keys.has(key)));
}
