import { nearest } from '../../text/nearest.ts';
import { objectName } from '../text/object-name.ts';
import type { ObjectTarget } from './object-target.ts';

/** What an object is called. */
export interface ObjectName {
  readonly kind: string;
  /** Undefined of an object that is in none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The objects that are meant, or why it is not known which. */
export type NamedObjects<T> = { readonly ok: true; readonly objects: readonly [T, ...T[]] } | Unknown;

/** Why it is not known which objects are meant, and what to do. */
export interface Unknown {
  readonly ok: false;
  readonly message: string;
  readonly hint: string;
}

/**
 * The objects that a target names: one, or all of a kind. Those that are rendered come before those that the values keep
 * out; a name that stands for two must be told apart.
 */
export function objectsNamed<T extends ObjectName>(
  objects: readonly T[],
  target: ObjectTarget,
  isRendered: (object: T) => boolean = () => true,
): NamedObjects<T> {
  const named = objects.filter((object) => matches(object, target));
  const rendered = named.filter(isRendered);
  const [first, ...others] = rendered.length > 0 ? rendered : named;
  if (first === undefined) return notThere(objects, target, objects.filter(isRendered));
  const meant = [first, ...others] as const;
  if (others.length === 0 || target.name === undefined) return { ok: true, objects: meant };
  const names = meant.map(({ kind, namespace, name }) => objectName(kind, namespace, name));
  const message = `${target.kind}/${target.name} stands for ${meant.length} objects`;
  return { ok: false, message, hint: `write ${names.join(' or ')}` };
}

/** Whether an object is one that a target names. */
export function matches(object: ObjectName, { kind, namespace, name }: ObjectTarget): boolean {
  return (
    object.kind === kind &&
    (name === undefined || object.name === name) &&
    (namespace === undefined || object.namespace === namespace)
  );
}

/** An object's name among others: KIND/NAME, and KIND/NAMESPACE/NAME where that would be two. */
export function nameAmong({ kind, namespace, name }: ObjectName, others: readonly ObjectName[]): string {
  const namesakes = others.filter((other) => other.kind === kind && other.name === name);
  return objectName(kind, namesakes.length > 1 ? namespace : undefined, name);
}

function notThere(
  objects: readonly ObjectName[],
  { kind, namespace, name }: ObjectTarget,
  rendered: readonly ObjectName[],
): Unknown {
  const ofKind = objects.filter((object) => object.kind === kind);
  const shown = (object: ObjectName): string =>
    namespace === undefined
      ? nameAmong(object, objects)
      : objectName(object.kind, object.namespace, object.name);
  const names = ofKind.map((object) => object.name);
  const near = name === undefined ? undefined : nearest(name, names);
  const meant = ofKind.filter((object) => object.name === near).map(shown);
  const list = rendered.filter((object) => object.kind === kind).map(shown);
  return {
    ok: false,
    message: `no ${objectName(kind, namespace, name)} is rendered`,
    hint: [
      ...(meant.length === 0 ? [] : [`did you mean ${meant.join(' or ')}?`]),
      list.length === 0 ? `no ${kind} is rendered with these values` : `rendered: ${list.join(', ')}`,
    ].join(' '),
  };
}
