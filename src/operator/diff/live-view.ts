import { get, isRecord, type JsonRecord, listOf, textOf } from '../../text/json.ts';
import { sameData } from '../../text/same-data.ts';
import { isFilledIn } from './api-defaults.ts';
import type { ManifestObject } from './manifest-object.ts';
import { quantityOf } from './quantity.ts';

/**
 * An object of a cluster as the manifest of a release would say it: the fields that are rendered and those that Helm has
 * written. What the API server has filled in, and what others have written, is left out.
 *
 * @param live as the API server gives it, with its managedFields.
 * @param rendered what it will be; undefined when it will go.
 */
export function liveView(live: ManifestObject, rendered: ManifestObject | undefined): ManifestObject {
  const written = fieldsOfHelm(live);
  const seen = Object.entries(live).flatMap(([key, value]) => {
    if (key === 'status') return [];
    const owned = get(written, `f:${key}`);
    const view = key === 'apiVersion' || key === 'kind' ? value : viewed(value, get(rendered, key), owned);
    return view === undefined ? [] : [[key, view] as const];
  });
  return { ...Object.fromEntries(seen), metadata: metadataOf(live, Object.fromEntries(seen).metadata) };
}

/** Annotations by which Helm remembers whose an object is. */
const OF_HELM = /^meta\.helm\.sh\//;

/** Name and namespace belong to an object whoever has written them. */
function metadataOf(live: ManifestObject, seen: unknown): JsonRecord {
  const { name, namespace } = isRecord(live.metadata) ? live.metadata : {};
  const { annotations, ...rest } = isRecord(seen) ? seen : {};
  const kept = Object.entries(isRecord(annotations) ? annotations : {}).filter(([key]) => !OF_HELM.test(key));
  return {
    ...rest,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
  };
}

/** The fields that Helm has written, as managedFields tells them, of all its entries together. */
function fieldsOfHelm(live: ManifestObject): JsonRecord {
  return listOf(get(live.metadata, 'managedFields'))
    .filter(
      (entry) =>
        /^helm/i.test(textOf(get(entry, 'manager')) ?? '') && get(entry, 'subresource') === undefined,
    )
    .reduce<JsonRecord>((all, entry) => merged(all, get(entry, 'fieldsV1')), {});
}

function merged(one: JsonRecord, other: unknown): JsonRecord {
  if (!isRecord(other)) return one;
  const both = Object.entries(other).map(([key, value]): readonly [string, unknown] => {
    const known = one[key];
    return [key, isRecord(known) ? merged(known, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** What of a value is shown; undefined: nothing of it. */
function viewed(live: unknown, rendered: unknown, owned: unknown): unknown {
  if (rendered === undefined && owned === undefined) return undefined;
  if (isRecord(live)) return viewedMap(live, rendered, owned);
  if (Array.isArray(live) && live.every(isRecord)) return viewedList(live, rendered, owned);
  return isSameValue(live, rendered) ? rendered : live;
}

function viewedMap(live: JsonRecord, rendered: unknown, owned: unknown): unknown {
  // A leaf of managedFields owns all that is below it.
  const isAtomic = isRecord(owned) && Object.keys(owned).length === 0 && rendered === undefined;
  if (isAtomic) return live;
  const entries = Object.entries(live).flatMap(([key, value]) => {
    if (get(rendered, key) === undefined && isFilledIn(key, value)) return [];
    const view = viewed(value, get(rendered, key), get(owned, `f:${key}`));
    return view === undefined ? [] : [[key, view] as const];
  });
  const absent = isRecord(rendered)
    ? Object.entries(rendered).filter(([key, value]) => !Object.hasOwn(live, key) && isEmpty(value))
    : [];
  return Object.fromEntries([...entries, ...absent]);
}

function viewedList(live: readonly JsonRecord[], rendered: unknown, owned: unknown): unknown {
  const wanted = listOf(rendered);
  const elements = live.flatMap((element, index) => {
    const partner = partnerOf(element, wanted, index);
    const ownedElement = ownedOf(element, owned);
    const isAtomic = isRecord(owned) && Object.keys(owned).length === 0;
    const view = viewed(element, partner, ownedElement ?? (isAtomic ? {} : undefined));
    return view === undefined ? [] : [view];
  });
  return inOrderOf(elements, wanted);
}

const KEYS = ['name', 'mountPath', 'containerPort', 'port', 'ip', 'type', 'key'] as const;

/** The rendered element that stands for a live one: that of the same key, or of the same place where none has a key. */
function partnerOf(element: JsonRecord, wanted: readonly unknown[], index: number): unknown {
  const key = KEYS.find(
    (one) => Object.hasOwn(element, one) && wanted.every((item) => get(item, one) !== undefined),
  );
  if (key === undefined) return wanted[index];
  return wanted.find((item) => sameData(get(item, key), element[key]));
}

/** What Helm owns of an element: `k:{"name":"web"}` in managedFields names it. */
function ownedOf(element: JsonRecord, owned: unknown): unknown {
  if (!isRecord(owned)) return undefined;
  const found = Object.entries(owned).find(
    ([key]) => key.startsWith('k:') && isNamedBy(element, key.slice(2)),
  );
  return found?.[1];
}

function isNamedBy(element: JsonRecord, text: string): boolean {
  try {
    const names: unknown = JSON.parse(text);
    return isRecord(names) && Object.entries(names).every(([key, value]) => element[key] === value);
  } catch {
    return false;
  }
}

/** Lists that are kept by key have no order of their own on the API server. */
function inOrderOf(elements: readonly unknown[], wanted: readonly unknown[]): readonly unknown[] {
  const key = KEYS.find((one) => [...elements, ...wanted].every((item) => get(item, one) !== undefined));
  if (key === undefined) return elements;
  const place = (item: unknown): number => {
    const found = wanted.findIndex((other) => sameData(get(other, key), get(item, key)));
    return found === -1 ? wanted.length : found;
  };
  return elements.toSorted((a, b) => place(a) - place(b));
}

/** Values that the API server writes in another way: quantities, and numbers as texts. */
function isSameValue(live: unknown, rendered: unknown): boolean {
  if (typeof live !== 'string' && typeof live !== 'number') return false;
  const [a, b] = [quantityOf(live), quantityOf(rendered)];
  return a !== undefined && a === b && /[a-zA-Z.]/.test(`${String(live)}${String(rendered)}`);
}

/** What the API server leaves out: it says the same as nothing. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.values(value).every(isEmpty);
  return value === '' || value === false || value === 0 || value === null;
}
