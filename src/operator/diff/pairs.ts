import { changedFields, type FieldChange } from './fields.ts';
import { withoutSecrets } from './hidden.ts';
import { identityOf, type ManifestObject, nameOfObject, type ObjectIdentity } from './manifest-object.ts';

/** An object before and after; undefined: it is not there. At least one is, and they are not the same. */
export interface Pair extends ObjectIdentity {
  /** KIND/NAMESPACE/NAME. */
  readonly object: string;
  readonly before: ManifestObject | undefined;
  readonly after: ManifestObject | undefined;
  /** What differs, of an object that was and stays. */
  readonly fields: readonly FieldChange[];
}

/** Every object that comes, goes or changes, in the order of the new ones, then those that go. */
export function pairsOf(
  before: readonly ManifestObject[],
  after: readonly ManifestObject[],
): readonly Pair[] {
  const [old, young] = [byName(before), byName(after)];
  return [...new Set([...young.keys(), ...old.keys()])].flatMap((object) => {
    const pair = pairOf(object, old.get(object), young.get(object));
    return pair === undefined ? [] : [pair];
  });
}

function byName(objects: readonly ManifestObject[]): ReadonlyMap<string, ManifestObject> {
  return new Map(objects.map((object) => [nameOfObject(identityOf(object)), object]));
}

function pairOf(
  object: string,
  before: ManifestObject | undefined,
  after: ManifestObject | undefined,
): Pair | undefined {
  const identity = identityOf(after ?? before ?? {});
  if (before === undefined || after === undefined) return { object, ...identity, before, after, fields: [] };
  const fields = changedFields(before, after).map((field) => withoutSecrets(identity.kind, field));
  return fields.length === 0 ? undefined : { object, ...identity, before, after, fields };
}
