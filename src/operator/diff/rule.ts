import type { FieldChange } from './fields.ts';
import type { Pair } from './pairs.ts';

/**
 * How much a consequence weighs: an `outage` loses requests or the upgrade itself, a `risk` wants a look before it, a `notice`
 * happens without anybody noticing when all is well.
 */
export type Weight = 'outage' | 'risk' | 'notice';

/** What a change means, said by one rule about one object. */
export interface Consequence {
  /** The rule that says so. */
  readonly rule: string;
  readonly weight: Weight;
  /** KIND/NAMESPACE/NAME. */
  readonly object: string;
  /** What happens. */
  readonly message: string;
  /** What to do. */
  readonly next: string;
}

/** Everything that changes between two sets of objects. */
export interface Changes {
  readonly all: readonly Pair[];
  /** Those of some kinds. */
  ofKind(...kinds: readonly string[]): readonly Pair[];
}

/** What a rule has found. */
export interface Found {
  readonly object: string;
  readonly message: string;
  /** What to do, where it is not the same for all that the rule finds. */
  readonly next?: string;
}

/** What some changes mean. */
export interface DiffRule {
  /** Its own among all rules. */
  readonly name: string;
  /** When it speaks, and what it says: one sentence. */
  readonly says: string;
  /** Where that comes from: documents of Kubernetes, of the Gateway API, of Helm, or pages of this project. */
  readonly source: string;
  readonly weight: Weight;
  /** What to do. */
  readonly next: string;
  readonly find: (changes: Changes) => readonly Found[];
}

/** Whether a field is the one at a path, or stands below it. */
export function isAt({ path }: FieldChange, ...places: readonly string[]): boolean {
  return places.some(
    (place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`),
  );
}

/** The fields of a pair at some paths or below them. */
export function fieldsAt({ fields }: Pair, ...places: readonly string[]): readonly FieldChange[] {
  return fields.filter((field) => isAt(field, ...places));
}
