import type { FieldChange } from './fields.ts';
import type { ManifestObject, ObjectIdentity } from './manifest-object.ts';
import { type Pair, pairsOf } from './pairs.ts';
import type { Changes, Consequence, DiffRule, Weight } from './rule.ts';
import { DIFF_RULES } from './rules/index.ts';

/** An object that comes, goes or changes. */
export interface ObjectChange extends ObjectIdentity {
  /** KIND/NAMESPACE/NAME. */
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What differs of a changed object; nothing secret stands in it. */
  readonly fields: readonly FieldChange[];
}

/** What changes between two sets of objects, and what that means. */
export interface Diff {
  readonly changes: readonly ObjectChange[];
  /** The weightiest first. */
  readonly consequences: readonly Consequence[];
}

/** Weights, the weightiest first. */
export const WEIGHTS: readonly Weight[] = ['outage', 'risk', 'notice'];

/**
 * Compares two sets of objects, such as what two sets of values give. Pure and total: whatever stands in an object, nothing is
 * thrown.
 *
 * @param before objects as they are.
 * @param after objects as they will be.
 */
export function diffObjects(before: readonly ManifestObject[], after: readonly ManifestObject[]): Diff {
  const pairs = pairsOf(before, after);
  return { changes: pairs.map(changeOf), consequences: consequencesOf(pairs) };
}

function changeOf({ object, kind, namespace, name, before, after, fields }: Pair): ObjectChange {
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { object, kind, namespace, name, change, fields };
}

function consequencesOf(pairs: readonly Pair[]): readonly Consequence[] {
  const byKind = Map.groupBy(pairs, ({ kind }) => kind);
  const changes: Changes = {
    all: pairs,
    ofKind: (...kinds) => kinds.flatMap((kind) => byKind.get(kind) ?? []),
  };
  const found = DIFF_RULES.flatMap((rule) => consequencesBy(rule, changes));
  return found.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

function consequencesBy(rule: DiffRule, changes: Changes): readonly Consequence[] {
  return rule.find(changes).map(({ object, message, next }) => ({
    rule: rule.name,
    weight: rule.weight,
    object,
    message,
    next: next ?? rule.next,
  }));
}
