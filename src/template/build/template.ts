import {
  type Block,
  type Either,
  type Entries,
  type Expr,
  type ForEach,
  nodeOf,
  type Scalar,
  type SharedEntries,
  SLOT,
  type Spread,
  type When,
} from '../nodes/index.ts';

type IsOptional<A, K extends keyof A> = Record<never, never> extends Pick<A, K> ? true : false;

/**
 * A manifest of type `A` in which every leaf may be an expression.
 *
 * Only an optional property and a list element may be conditional or repeated, so a required field cannot be
 * left out by a condition: that does not compile.
 */
export type Template<A> = [A] extends [Scalar]
  ? A | Expr<A>
  : A extends readonly (infer U)[]
    ? Expr<readonly U[]> | readonly TemplateItem<U>[]
    : A extends object
      ? Expr<A> | TextMapTemplate<A> | TemplateProperties<A>
      : never;

type TemplateProperties<A> = {
  readonly [K in keyof A]:
    | Template<NonNullable<A[K]>>
    | Either<Template<NonNullable<A[K]>>>
    | (IsOptional<A, K> extends true ? When<Template<NonNullable<A[K]>>> : never);
};

type TextMapTemplate<A> = string extends keyof A ? (A[keyof A] extends string ? Entries : never) : never;

/** What may stand in a list: an element, or something that gives none, one or many. */
export type TemplateItem<U> =
  | Template<U>
  | When<Template<U>>
  | Block<TemplateItem<U>>
  | ForEach<Template<U>>
  | Spread<U>;

/**
 * Puts a property or a list element under a condition.
 *
 * The type comes from the place where it stands alone (`NoInfer`), so that the body is checked against that
 * place as strictly as if it stood there itself: a misspelt field does not compile.
 */
export function when<T>(condition: Expr<boolean>, body: NoInfer<T>): When<T> {
  return Object.freeze({ [SLOT]: 'when' as const, condition: nodeOf(condition), body });
}

/** `consequent` when the condition holds, else `alternative`; typed as {@link when}. For scalars there is `choose`. */
export function either<T>(
  condition: Expr<boolean>,
  consequent: NoInfer<T>,
  alternative: NoInfer<T>,
): Either<T> {
  return Object.freeze({ [SLOT]: 'either' as const, condition: nodeOf(condition), consequent, alternative });
}

/** Puts several list elements in a row under one condition; typed as {@link when}. */
export function block<T>(condition: Expr<boolean>, items: readonly NoInfer<T>[]): Block<T> {
  return Object.freeze({ [SLOT]: 'block' as const, condition: nodeOf(condition), items });
}

/** Under this key a reference to a list gives references to the parts of its elements. */
export const ELEMENT: unique symbol = Symbol('element');

/** A list in the values whose elements have known parts. */
export interface ListExpr<A, Parts> extends Expr<readonly A[]> {
  readonly [ELEMENT]: (variable: string) => Parts;
}

/**
 * One list element of the template for each element of a list in the values.
 *
 * @param variable name of the element in the printed template; camelCase.
 * @param body called once, with references to the parts of "the element at hand".
 */
export function forEach<A, Parts, T>(
  list: ListExpr<A, Parts>,
  variable: string,
  body: (parts: Parts) => NoInfer<T>,
): ForEach<T> {
  return Object.freeze({
    [SLOT]: 'forEach' as const,
    list: nodeOf(list),
    variable,
    body: body(list[ELEMENT](variable)),
  });
}

/** Takes over the elements of a list in the values as they are. */
export function spread<A>(list: Expr<readonly A[]>): Spread<A> {
  return Object.freeze({ [SLOT]: 'spread', list: nodeOf(list) }) as Spread<A>;
}

/** A map of texts from own entries and maps in the values; of the latter, a later map wins over an earlier one. */
export function entries(
  own: Entries['own'],
  ...maps: readonly Expr<Readonly<Record<string, string>>>[]
): Entries {
  return entriesWith(undefined, own, ...maps);
}

/** The same, with entries that others begin with as well in front. */
export function entriesWith(
  shared: SharedEntries | undefined,
  own: Entries['own'],
  ...maps: readonly Expr<Readonly<Record<string, string>>>[]
): Entries {
  return Object.freeze({
    [SLOT]: 'entries' as const,
    own: Object.freeze(own),
    shared,
    maps: maps.map(nodeOf),
  });
}

/** Names entries, so that maps can begin with them. */
export function sharedEntries(name: string, description: string, content: Entries): SharedEntries {
  return Object.freeze({ name, description, entries: content });
}
