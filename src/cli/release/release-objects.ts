import { CHART_NAMES, chartNamed } from '../../chart/charts.ts';
import { LABELS } from '../../contract/labels.ts';
import {
  apiVersionOf,
  connect,
  describeFailure,
  type Failure,
  type Kube,
  pathOf,
  type ServedKind,
} from '../../kube/index.ts';
import { identityOf, type ManifestObject, nameOfObject } from '../../operator/diff/manifest-object.ts';
import { at, isRecord, listOf, textOf } from '../../text/json.ts';
import { inTurns } from '../in-turns.ts';
import type { Outcome } from '../outcome.ts';
import { failureText } from '../sync/failure-text.ts';
import { hostCredentials } from '../sync/host-credentials.ts';
import { printable } from '../text/printable.ts';

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
  | { readonly ok: true; readonly objects: readonly ManifestObject[]; readonly stderr: string }
  | { readonly ok: false; readonly outcome: Outcome };

/**
 * Reads the objects that a release has, and those of the names that it will have, whoever they belong to. Nothing is written.
 * What may not be read is named on standard error, and looks as if it were not there.
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
  const [first] = failures;
  if (first !== undefined && objects.size === 0) return ended(first);
  const stderr = failures.map((failure) => `warning: not compared: ${printable(describeFailure(failure))}\n`);
  return { ok: true, objects: [...objects.values()], stderr: [...new Set(stderr)].join('') };
}

function nameOf(object: ManifestObject): string {
  return nameOfObject(identityOf(object));
}

function ended(failure: Failure): ReleaseObjects {
  return { ok: false, outcome: { exitCode: 66, stderr: failureText(failure) } };
}

/** Groups of all kinds that a chart may install. */
const GROUPS = [
  '',
  'apps',
  'rbac.authorization.k8s.io',
  'policy',
  'networking.k8s.io',
  'gateway.networking.k8s.io',
  'apiextensions.k8s.io',
  'admissionregistration.k8s.io',
  'monitoring.coreos.com',
];

/** Groups of what other charts of a platform install. */
const OTHER_GROUPS = ['batch', 'autoscaling', 'cert-manager.io', 'gateway.envoyproxy.io'];

/** Secrets are not read: nothing of them would be shown. */
const NOT_READ: ReadonlySet<string> = new Set(['Secret', 'Event']);

type Kinds =
  | { readonly ok: true; readonly value: readonly ServedKind[] }
  | { readonly ok: false; readonly failure: Failure };

/** Each kind of a chart at the version that the server prefers. */
async function servedKinds(kube: Kube, isOfOtherChart: boolean): Promise<Kinds> {
  const wanted = new Set(CHART_NAMES.flatMap((name) => chartNamed(name).objects.map(({ kind }) => kind)));
  const kinds = new Map<string, ServedKind>();
  const isWanted = ({ kind, verbs }: ServedKind): boolean =>
    wanted.has(kind) || (isOfOtherChart && verbs.includes('list') && !NOT_READ.has(kind));
  const groups = isOfOtherChart ? [...GROUPS, ...OTHER_GROUPS] : GROUPS;
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
  const known = new Set([
    release.namespace,
    ...release.rendered.flatMap((object) => identityOf(object).namespace ?? []),
  ]);
  const lists = await inTurns([...known], (namespace) => readList(kube, kind, namespace, release));
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
  const labelSelector = `${LABELS.managedBy}=Helm,${LABELS.instance}=${release.name}`;
  const place = namespace === undefined ? {} : { namespace };
  const path = `${pathOf(kind, place)}?${new URLSearchParams({ labelSelector })}`;
  const answer = await kube.requester.call({ method: 'GET', path });
  if (!answer.ok) return { objects: [], failure: answer.failure };
  const items = listOf(at(answer.value, 'items')).filter(isRecord);
  return { objects: items.map((item) => ofKind(item, kind)).filter((one) => belongsTo(one, release)) };
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
