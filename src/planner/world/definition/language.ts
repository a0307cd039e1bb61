/**
 * The definition language of the world: what each field may hold and what it means. From one definition come the
 * TypeScript types, the JSON Schema, its validator and docs/world.md. The planner uses the types only, so nothing of
 * this is loaded at run time.
 */
export type Definition =
  | TextDefinition
  | IntegerDefinition
  | FlagDefinition
  | ConstantDefinition
  | ChoiceDefinition
  | TextOrIntegerDefinition
  | OpaqueDefinition
  | AnythingDefinition
  | ListDefinition<Definition>
  | MapDefinition<Definition>
  | GroupDefinition<Fields>
  | NamedDefinition<Definition>;

export type Fields = { readonly [key: string]: Field };

/** A named place in a group. */
export interface Field<D extends Definition = Definition, O extends boolean = boolean> {
  readonly definition: D;
  readonly isOptional: O;
  /** What it means, in Markdown. */
  readonly description: string;
}

export interface TextDefinition {
  readonly kind: 'text';
  readonly pattern?: string;
  readonly maxLength?: number;
}

export interface IntegerDefinition {
  readonly kind: 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface FlagDefinition {
  readonly kind: 'flag';
}

/** One text and no other. */
export interface ConstantDefinition<W extends string = string> {
  readonly kind: 'constant';
  readonly word: W;
}

/** One of a few words. */
export interface ChoiceDefinition<W extends string = string> {
  readonly kind: 'choice';
  readonly words: readonly W[];
}

export interface TextOrIntegerDefinition {
  readonly kind: 'textOrInteger';
}

/** What others define: it is checked to have a shape, and nobody vouches for more. */
export interface OpaqueDefinition {
  readonly kind: 'opaque';
  readonly shape: 'text' | 'list' | 'map';
}

export interface AnythingDefinition {
  readonly kind: 'anything';
}

export interface ListDefinition<out D extends Definition> {
  readonly kind: 'list';
  readonly element: D;
}

/** Keys of somebody's own, each with a value of one definition. */
export interface MapDefinition<out D extends Definition> {
  readonly kind: 'map';
  readonly value: D;
}

export interface GroupDefinition<out F extends Fields> {
  readonly kind: 'group';
  readonly fields: F;
  /** Whether other keys may stand beside the named ones. */
  readonly isOpen: boolean;
}

/** A definition that schema and page show once, under its name. */
export interface NamedDefinition<out D extends Definition> {
  readonly kind: 'named';
  readonly name: string;
  readonly description: string;
  readonly definition: D;
}

/** The type of what a definition describes. */
export type ValueOf<D> =
  D extends NamedDefinition<infer N>
    ? ValueOf<N>
    : D extends ConstantDefinition<infer W> | ChoiceDefinition<infer W>
      ? W
      : D extends TextDefinition
        ? string
        : D extends IntegerDefinition
          ? number
          : D extends FlagDefinition
            ? boolean
            : D extends TextOrIntegerDefinition
              ? string | number
              : D extends ListDefinition<infer E>
                ? readonly ValueOf<E>[]
                : D extends MapDefinition<infer V>
                  ? Readonly<Record<string, ValueOf<V>>>
                  : D extends GroupDefinition<infer F>
                    ? GroupValue<F>
                    : unknown;

type GroupValue<F extends Fields> = Flat<
  {
    readonly [K in keyof F as F[K] extends Field<Definition, false> ? K : never]: ValueOf<F[K]['definition']>;
  } & {
    readonly [K in keyof F as F[K] extends Field<Definition, true> ? K : never]?: ValueOf<F[K]['definition']>;
  }
>;

/** One object type instead of an intersection, as an editor shows it. */
type Flat<T> = { [K in keyof T]: T[K] };

/** A field that is always there. */
export function required<D extends Definition>(definition: D, description: string): Field<D, false> {
  return Object.freeze({ definition, isOptional: false, description });
}

/** A field that may be absent; null is none of its values. */
export function optional<D extends Definition>(definition: D, description: string): Field<D, true> {
  return Object.freeze({ definition, isOptional: true, description });
}

export function text(limits: Omit<TextDefinition, 'kind'> = {}): TextDefinition {
  return Object.freeze({ kind: 'text', ...limits });
}

/** An integer; with bounds, both are included. */
export function integer(bounds: Omit<IntegerDefinition, 'kind'> = {}): IntegerDefinition {
  return Object.freeze({ kind: 'integer', ...bounds });
}

export function flag(): FlagDefinition {
  return Object.freeze({ kind: 'flag' });
}

export function constant<const W extends string>(word: W): ConstantDefinition<W> {
  return Object.freeze({ kind: 'constant', word });
}

/** One of a few words; the first is not special. */
export function choice<const W extends string>(words: readonly W[]): ChoiceDefinition<W> {
  return Object.freeze({ kind: 'choice', words: Object.freeze(words) });
}

export function textOrInteger(): TextOrIntegerDefinition {
  return Object.freeze({ kind: 'textOrInteger' });
}

export function opaque(shape: OpaqueDefinition['shape']): OpaqueDefinition {
  return Object.freeze({ kind: 'opaque', shape });
}

export function anything(): AnythingDefinition {
  return Object.freeze({ kind: 'anything' });
}

export function list<D extends Definition>(element: D): ListDefinition<D> {
  return Object.freeze({ kind: 'list', element });
}

export function mapOf<D extends Definition>(value: D): MapDefinition<D> {
  return Object.freeze({ kind: 'map', value });
}

/** A map with the named keys and no others. */
export function group<F extends Fields>(fields: F): GroupDefinition<F> {
  return Object.freeze({ kind: 'group', fields: Object.freeze(fields), isOpen: false });
}

/** A map with the named keys; others may be there, and nobody reads them. */
export function openGroup<F extends Fields>(fields: F): GroupDefinition<F> {
  return Object.freeze({ kind: 'group', fields: Object.freeze(fields), isOpen: true });
}

/** Gives a definition a name of its own in schema and page; `description` says what it is. */
export function named<D extends Definition>(
  name: string,
  description: string,
  definition: D,
): NamedDefinition<D> {
  return Object.freeze({ kind: 'named', name, description, definition });
}
