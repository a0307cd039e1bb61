import { LABELS } from '../../contract/labels.ts';
import {
  apiVersionOf,
  connect,
  describeFailure,
  type Failure,
  type Kube,
  listObjects,
  type ServedKind,
} from '../../kube/index.ts';
import { identityOf, type ManifestObject, nameOfObject } from '../../operator/diff/manifest-object.ts';
import { CHART_GROUPS, CORE_RESOURCES, OTHER_GROUPS } from '../../operator/import/kinds.ts';
import { at, listOf, textOf } from '../../text/json.ts';
import { inTurns } from '../in-turns.ts';
import type { Outcome } from '../outcome.ts';
import { failureText } from '../sync/failure-text.ts';
import { hostCredentials } from '../sync/host-credentials.ts';
import { printable } from '../text/printable.ts';
import { CHART_KINDS, namespacesOf } from './release-questions.ts';

/** Which release, and what it will have. */
export interface ReleaseOnCluster {
  readonly name: string;
  readonly namespace: string;
  readonly rendered: readonly ManifestObject[];
  /** Whether objects of other kinds than those of the charts may belong to it. */
  readonly isOfOtherChart?: boolean;
}

/** The objects of a release on its cluster, or how the command ends without them. */
export type ReleaseObjects =
  | {
      readonly ok: true;
      readonly objects: readonly ManifestObject[];
      /** Names of rendered objects of which nobody knows whether they are there. */
      readonly unseen: ReadonlySet<string>;
      readonly stderr: string;
    }
  | { readonly ok: false; readonly outcome: Outcome };

/**
 * Reads the objects that a release has, and those of the names that it will have, whoever they belong to. Nothing is written.
 * What may not be read is named on standard error.
 */
export async function releaseObjects(
  release: ReleaseOnCluster,
  kubeconfig: string | undefined,
): Promise<ReleaseObjects> {
  const credentials = await hostCredentials(kubeconfig);
  if (!credentials.ok) return ended(credentials.failure);
  const kube = connect(credentials.value, { userAgent: 'kubebyon-gateway' });
  try {
    return await readRelease(kube, release);
  } finally {
    await kube.close();
  }
}

async function readRelease(kube: Kube, release: ReleaseOnCluster): Promise<ReleaseObjects> {
  const served = await servedKinds(kube, release.isOfOtherChart === true);
  if (!served.ok) return ended(served.failure);
  const lists = await inTurns(served.value, (kind) => readKind(kube, kind, release));
  const objects = new Map(lists.flatMap(({ objects }) => objects).map((one) => [nameOf(one), one]));
  const missing = release.rendered.filter((one) => !objects.has(nameOf(one)));
  const others = await inTurns(missing, (one) => readObject(kube, served.value, one));
  for (const one of others.flatMap(({ objects }) => objects)) objects.set(nameOf(one), one);
  const failures = [...lists, ...others].flatMap(({ failure }) => failure ?? []);
  const unseen = missing.filter((_, index) => others[index]?.failure !== undefined).map(nameOf);
  const [first] = failures;
  if (first !== undefined && objects.size === 0) return ended(first);
  const stderr = failures.map((failure) => `warning: not compared: ${printable(describeFailure(failure))}\n`);
  return {
    ok: true,
    objects: [...objects.values()],
    unseen: new Set(unseen),
    stderr: [...new Set(stderr)].join(''),
  };
}

function nameOf(object: ManifestObject): string {
  return nameOfObject(identityOf(object));
}

function ended(failure: Failure): ReleaseObjects {
  return { ok: false, outcome: { exitCode: 66, stderr: failureText(failure) } };
}

type Kinds =
  | { readonly ok: true; readonly value: readonly ServedKind[] }
  | { readonly ok: false; readonly failure: Failure };

/** Each kind of a chart at the version that the server prefers. */
async function servedKinds(kube: Kube, isOfOtherChart: boolean): Promise<Kinds> {
  const kinds = new Map<string, ServedKind>();
  const isWanted = ({ kind, group, plural, verbs }: ServedKind): boolean =>
    CHART_KINDS.has(kind) ||
    (isOfOtherChart && verbs.includes('list') && (group !== '' || CORE_RESOURCES.includes(plural)));
  const groups = isOfOtherChart ? [...CHART_GROUPS, ...OTHER_GROUPS] : CHART_GROUPS;
  for (const found of await inTurns(groups, (group) => kube.discover(group))) {
    if (!found.ok) return found;
    for (const kind of found.value) {
      const name = `${kind.group}/${kind.kind}`;
      if (isWanted(kind) && !kinds.has(name)) kinds.set(name, kind);
    }
  }
  return { ok: true, value: [...kinds.values()] };
}

/** What was read, and why no more. */
interface Read {
  readonly objects: readonly ManifestObject[];
  readonly failure?: Failure;
}

/** The objects of a kind that belong to the release: of all namespaces where that is allowed, else of those it is known in. */
async function readKind(kube: Kube, kind: ServedKind, release: ReleaseOnCluster): Promise<Read> {
  const everywhere = await readList(kube, kind, undefined, release);
  if (everywhere.failure?.code !== 403 || !kind.namespaced) return everywhere;
  const known = namespacesOf(release.namespace, release.rendered);
  const lists = await inTurns(known, (namespace) => readList(kube, kind, namespace, release));
  const failure = lists.find((list) => list.failure !== undefined)?.failure;
  return {
    objects: lists.flatMap(({ objects }) => objects),
    ...(failure === undefined ? {} : { failure }),
  };
}

async function readList(
  kube: Kube,
  kind: ServedKind,
  namespace: string | undefined,
  release: ReleaseOnCluster,
): Promise<Read> {
  const objects: ManifestObject[] = [];
  const listed = await listObjects(kube.requester, {
    resource: kind,
    labelSelector: `${LABELS.managedBy}=Helm,${LABELS.instance}=${release.name}`,
    ...(namespace === undefined ? {} : { namespace }),
    onBegin: () => {
      objects.length = 0;
    },
    onObject: (object) => {
      const one = ofKind({ ...object }, kind);
      if (belongsTo(one, release)) objects.push(one);
    },
  });
  return listed.ok ? { objects } : { objects: [], failure: listed.failure };
}

/** The items of a list do not say what they are. */
function ofKind(item: ManifestObject, served: ServedKind): ManifestObject {
  return { ...item, apiVersion: apiVersionOf(served), kind: served.kind };
}

/**
 * Another release may have the same name in another namespace: what Helm has not marked is taken in the namespace only. What
 * another object has made, such as a Pod, has its labels, and goes with it.
 */
function belongsTo(object: ManifestObject, { namespace }: ReleaseOnCluster): boolean {
  if (listOf(at(object, 'metadata', 'ownerReferences')).length > 0) return false;
  const annotations = at(object, 'metadata', 'annotations');
  const owner = textOf(at(annotations, 'meta.helm.sh/release-namespace'));
  return (owner ?? identityOf(object).namespace) === namespace;
}

/** An object by its name, whoever it belongs to. */
async function readObject(kube: Kube, served: readonly ServedKind[], object: ManifestObject): Promise<Read> {
  const { kind, namespace, name } = identityOf(object);
  const [group = ''] = String(object.apiVersion).includes('/') ? String(object.apiVersion).split('/') : [''];
  const resource = served.find((one) => one.kind === kind && one.group === group);
  // What is not served is not there.
  if (resource === undefined) return { objects: [] };
  const found = await kube.get(resource, { name, ...(namespace === null ? {} : { namespace }) });
  if (!found.ok) return { objects: [], failure: found.failure };
  return { objects: found.value === undefined ? [] : [{ ...found.value }] };
}
