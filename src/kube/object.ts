import { at, isRecord, textAt } from './json.ts';

/** A Kubernetes object as the API server gives it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly [field: string]: unknown;
}

/** Where objects of a kind are: `{ group: 'apps', version: 'v1', plural: 'deployments' }`; the core group is ''. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** One object, or with no name all of a namespace, or with no namespace all that there are. */
export interface Place {
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: 'status';
}

/** The `apiVersion` of objects of a kind. */
export function apiVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The path of an API server; every part is escaped. */
export function pathOf({ group, version, plural }: Resource, place: Place = {}): string {
  const { namespace = '', name = '', subresource } = place;
  const parts = [
    ...(group === '' ? ['api', version] : ['apis', group, version]),
    ...(namespace === '' ? [] : ['namespaces', namespace]),
    plural,
    ...(name === '' ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ];
  return `/${parts.map(escapePart).join('/')}`;
}

/** `.` and `..` would be taken for steps of the path. */
function escapePart(part: string): string {
  return /^\.+$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part);
}

/** An object as it is stored: every one has a uid and a resourceVersion. */
export interface StoredObject extends KubeObject {
  readonly metadata: StoredMeta;
}

export interface StoredMeta extends ObjectMeta {
  readonly uid: string;
  readonly resourceVersion: string;
}

/** Whether a server's data is a stored object. */
export function isStored(value: unknown): value is StoredObject {
  const metadata = at(value, 'metadata');
  const { namespace = '' } = isRecord(metadata) ? metadata : {};
  return (
    ['apiVersion', 'kind'].every((key) => hasText(value, key)) &&
    ['name', 'uid', 'resourceVersion'].every((key) => hasText(metadata, key)) &&
    typeof namespace === 'string' &&
    namespace.length <= LONGEST
  );
}

/** Longer than anything that Kubernetes allows: who a hostile server's object is, is remembered for as long as it is watched. */
const LONGEST = 512;

function hasText(value: unknown, key: string): boolean {
  const text = textAt(value, key) ?? '';
  return text !== '' && text.length <= LONGEST;
}

/** `namespace/name`: who an object is among those of one resource. */
export function keyOf({ namespace = '', name }: Pick<ObjectMeta, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
