import type {
  ChoiceDefinition,
  ConstantDefinition,
  Field,
  Fields,
  FlagDefinition,
  GroupDefinition,
  IntegerDefinition,
  ListDefinition,
  MapDefinition,
  NamedDefinition,
  TextDefinition,
} from './language.ts';

/**
 * What an API server holds data to where it stores what a definition describes. It stands beside the definition, not in
 * it: a world with one entry out of these bounds is still a world, and the planner says what is wrong with that entry.
 * Everything must be bounded, because the server refuses a definition whose rules it cannot estimate.
 */
export type Stored<D> =
  D extends NamedDefinition<infer N>
    ? Stored<N>
    : D extends TextDefinition
      ? StoredText
      : D extends ListDefinition<infer E>
        ? StoredList<E>
        : D extends MapDefinition<infer V>
          ? StoredMap<V>
          : D extends GroupDefinition<infer F>
            ? StoredGroup<F>
            : D extends Leaf
              ? StoredLeaf
              : never;

/** What is bounded by what it is. */
type Leaf = ConstantDefinition | ChoiceDefinition | FlagDefinition | IntegerDefinition;

/** A rule of the Common Expression Language, with what the server says when it is broken. */
export interface StoredRule {
  readonly rule: string;
  readonly message: string;
}

interface Ruled {
  readonly rules?: readonly StoredRule[];
}

export interface StoredText extends Ruled {
  readonly minLength?: number;
  readonly maxLength: number;
  readonly pattern?: string;
  readonly format?: 'date-time';
}

export interface StoredLeaf extends Ruled {
  /** What the server writes where nothing is said. */
  readonly default?: string | number | boolean;
  readonly format?: 'int64';
}

export interface StoredList<E> extends Ruled {
  readonly minItems?: number;
  readonly maxItems: number;
  readonly elements: Stored<E>;
  /** How two writers share the list: by a key of its elements, as a set, or not at all. */
  readonly shared: { readonly by: string } | 'set' | 'atomic';
  /** Nothing said means an empty list. */
  readonly mayBeAbsent?: boolean;
}

export interface StoredMap<V> extends Ruled {
  readonly minProperties?: number;
  readonly maxProperties: number;
  readonly values: Stored<V>;
}

/** A bound for every field that has none of its own; a field without does not compile. */
export interface StoredGroup<F extends Fields> extends Ruled {
  readonly fields: {
    readonly [K in keyof F as Bounded<F[K]> extends true ? never : K]: Stored<F[K]['definition']>;
  } & { readonly [K in keyof F as Bounded<F[K]> extends true ? K : never]?: Stored<F[K]['definition']> };
}

type Bounded<F> = F extends Field<infer D> ? (Unnamed<D> extends Leaf ? true : false) : false;

type Unnamed<D> = D extends NamedDefinition<infer N> ? N : D;
