import type { Data, DataMap } from '../template/index.ts';
import type { Grammar } from './grammar.ts';
import type { KubernetesModels, KubernetesTypeName } from './kubernetes/models.ts';

/**
 * The definition language of the values: what each key may hold, its default and what it means. From one
 * definition come the TypeScript type, the defaults, the JSON Schema, values.yaml and the reference page.
 */
export type Definition =
  | TextDefinition
  | IntegerDefinition
  | FlagDefinition
  | ChoiceDefinition
  | AmountDefinition
  | TextMapDefinition
  | ListDefinition<Definition>
  | FragmentDefinition
  | GroupDefinition<Fields>;

export type Fields = { readonly [key: string]: Definition };

export interface TextDefinition {
  readonly kind: 'text';
  readonly default: string;
  readonly description: string;
  readonly grammar: Grammar;
}

export interface IntegerDefinition {
  readonly kind: 'integer';
  readonly default: number;
  readonly description: string;
  readonly minimum: number;
  readonly maximum: number;
}

export interface FlagDefinition {
  readonly kind: 'flag';
  readonly default: boolean;
  readonly description: string;
}

/** One of a few words. */
export interface ChoiceDefinition<W extends string = string> {
  readonly kind: 'choice';
  readonly default: W;
  readonly description: string;
  readonly words: readonly W[];
}

/** How many of some: a number, or a share of all as a text like `50%`. */
export interface AmountDefinition {
  readonly kind: 'amount';
  readonly default: number | string;
  readonly description: string;
}

/** Keys of the user's own, each with a text. */
export interface TextMapDefinition {
  readonly kind: 'textMap';
  readonly default: Readonly<Record<string, string>>;
  readonly description: string;
  readonly keys: Grammar;
  readonly texts: Grammar;
  readonly maxEntries: number;
}

/** A list of elements of one definition; an element's keys have no defaults, and most are required. */
export interface ListDefinition<out D extends Definition, out O extends string = string> {
  readonly kind: 'list';
  readonly default: readonly Data[];
  readonly description: string;
  readonly element: D;
  readonly maxItems: number;
  /** Keys that an element may leave out. */
  readonly optional: readonly O[];
  /** What the element's JSON Schema says beyond its keys. */
  readonly elementRules: readonly DataMap[];
}

/** A piece of a manifest that is passed through; what may be in it is what Kubernetes takes there. */
export interface FragmentDefinition<out A = object> {
  readonly kind: 'fragment';
  readonly shape: 'map' | 'list';
  /** The type of Kubernetes that the map, or each element of the list, is of. */
  readonly of: KubernetesTypeName;
  readonly default: Data;
  readonly description: string;
  /** For the compiler only: the type of the piece. */
  readonly type?: A;
}

/** A section: named keys of their own definitions. */
export interface GroupDefinition<out F extends Fields> {
  readonly kind: 'group';
  readonly description: string;
  readonly fields: F;
  /** Whether other keys may stand beside the named ones. */
  readonly open: boolean;
}

/** The type of what a definition describes. */
export type ValueOf<D> =
  D extends ChoiceDefinition<infer W>
    ? W
    : D extends TextDefinition
      ? string
      : D extends IntegerDefinition
        ? number
        : D extends FlagDefinition
          ? boolean
          : D extends AmountDefinition
            ? number | string
            : D extends TextMapDefinition
              ? Readonly<Record<string, string>>
              : D extends ListDefinition<infer E, infer O>
                ? readonly ElementOf<ValueOf<E>, O>[]
                : D extends FragmentDefinition<infer A>
                  ? A
                  : D extends GroupDefinition<infer F>
                    ? { readonly [K in keyof F]: ValueOf<F[K]> }
                    : never;

/** An element of a list; where no key is named, it may leave out none. */
export type ElementOf<A, O extends string> = string extends O
  ? A
  : Flat<Omit<A, O> & Partial<Pick<A, O & keyof A>>>;

/** One object type instead of an intersection, as an editor shows it. */
type Flat<T> = { [K in keyof T]: T[K] };

/** Words that YAML 1.1 reads as true or false when they stand as a key. */
const BOOLEAN_KEYS: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false']);

/** A section of the values. */
export function group<F extends Fields>(description: string, fields: F): GroupDefinition<F> {
  for (const key of Object.keys(fields)) {
    if (BOOLEAN_KEYS.has(key.toLowerCase())) throw new TypeError(`the key ${key} is a boolean in YAML 1.1`);
  }
  return Object.freeze({ kind: 'group', description, fields: Object.freeze(fields), open: false });
}

/** A section that others may put keys of their own into, which this chart does not read. */
export function openGroup<F extends Fields>(description: string, fields: F): GroupDefinition<F> {
  return Object.freeze({ ...group(description, fields), open: true });
}

/** A text of a grammar. The default must be of the grammar as well. */
export function text(defaultValue: string, grammar: Grammar, description: string): TextDefinition {
  return Object.freeze({ kind: 'text', default: defaultValue, description, grammar });
}

/** An integer between two bounds, both included. */
export function integer(
  defaultValue: number,
  [minimum, maximum]: readonly [number, number],
  description: string,
): IntegerDefinition {
  return Object.freeze({ kind: 'integer', default: defaultValue, description, minimum, maximum });
}

export function flag(defaultValue: boolean, description: string): FlagDefinition {
  return Object.freeze({ kind: 'flag', default: defaultValue, description });
}

/** One of a few words; the first is not special. */
export function choice<const W extends string>(
  words: readonly W[],
  defaultValue: NoInfer<W>,
  description: string,
): ChoiceDefinition<W> {
  return Object.freeze({ kind: 'choice', default: defaultValue, description, words });
}

/** A map of texts with keys of the user's own. */
export function textMap(
  keys: Grammar,
  texts: Grammar,
  maxEntries: number,
  description: string,
): TextMapDefinition {
  return Object.freeze({ kind: 'textMap', default: Object.freeze({}), description, keys, texts, maxEntries });
}

/** What a list may be given besides. */
export interface ListOptions<O extends string> {
  readonly optional?: readonly O[];
  readonly elementRules?: readonly DataMap[];
}

export function list<const D extends Definition, const O extends string>(
  element: D,
  maxItems: number,
  description: string,
  { optional = [], elementRules = [] }: ListOptions<O> = {},
): ListDefinition<D, O> {
  return Object.freeze({ kind: 'list', default: [], description, element, maxItems, optional, elementRules });
}

/** A number of Pods, or a share of them as a text like `50%`. */
export function amount(defaultValue: number | string, description: string): AmountDefinition {
  return Object.freeze({ kind: 'amount', default: defaultValue, description });
}

/** A map that is passed through into a manifest, where Kubernetes takes one of a type. */
export function fragmentMap<T extends KubernetesTypeName>(
  of: T,
  description: string,
  defaultValue: DataMap = {},
): FragmentDefinition<KubernetesModels[T]> {
  return Object.freeze({ kind: 'fragment', shape: 'map', of, default: defaultValue, description });
}

/** A list that is passed through into a manifest, where Kubernetes takes elements of a type. */
export function fragmentList<T extends KubernetesTypeName>(
  of: T,
  description: string,
  defaultValue: readonly DataMap[] = [],
): FragmentDefinition<readonly KubernetesModels[T][]> {
  return Object.freeze({ kind: 'fragment', shape: 'list', of, default: defaultValue, description });
}

/** The value that a definition has when the user says nothing, as plain data. */
export function defaultData(definition: Definition): Data {
  if (definition.kind !== 'group') return definition.default;
  return Object.fromEntries(
    Object.entries(definition.fields).map(([key, field]) => [key, defaultData(field)]),
  );
}

const fieldLists = new WeakMap<Fields, readonly (readonly [string, Definition])[]>();

/** The keys of a section with their definitions; one list for all callers. */
export function fieldsOf({ fields }: GroupDefinition<Fields>): readonly (readonly [string, Definition])[] {
  const known = fieldLists.get(fields);
  if (known !== undefined) return known;
  const made = Object.entries(fields);
  fieldLists.set(fields, made);
  return made;
}
