import type { Expr } from './expression.ts';
import type { ExpressionNode } from './node.ts';

/** Under this key a slot says what it is. A symbol, so that no manifest key can be taken for it. */
export const SLOT: unique symbol = Symbol('slot');

/** A property or list element that is there only under a condition. */
export interface When<out T> {
  readonly [SLOT]: 'when';
  readonly condition: ExpressionNode;
  readonly body: T;
}

/** One of two manifests; always there, so it may stand for a required field too. */
export interface Either<out T> {
  readonly [SLOT]: 'either';
  readonly condition: ExpressionNode;
  readonly consequent: T;
  readonly alternative: T;
}

/** Several list elements in a row that are there only under one condition. */
export interface Block<out T> {
  readonly [SLOT]: 'block';
  readonly condition: ExpressionNode;
  readonly items: readonly T[];
}

/** List elements, one for each element of a list in the values. */
export interface ForEach<out T> {
  readonly [SLOT]: 'forEach';
  readonly list: ExpressionNode;
  readonly variable: string;
  readonly body: T;
}

declare const element: unique symbol;

/** List elements taken over from a list in the values as they are. */
export interface Spread<out T> {
  readonly [SLOT]: 'spread';
  readonly list: ExpressionNode;
  readonly [element]: T;
}

/** A map of texts: entries of the template's own, then the entries of maps in the values. */
export interface Entries {
  readonly [SLOT]: 'entries';
  readonly own: Readonly<Record<string, string | Expr<string> | When<string | Expr<string>>>>;
  /** Entries that many maps begin with; a helper of the printed chart. */
  readonly shared: SharedEntries | undefined;
  /** Later maps win over earlier ones; none may repeat an own or a shared key. */
  readonly maps: readonly ExpressionNode[];
}

/** Entries with a name, for maps that begin alike. */
export interface SharedEntries {
  readonly name: string;
  readonly description: string;
  readonly entries: Entries;
}

export type Slot =
  | When<unknown>
  | Either<unknown>
  | Block<unknown>
  | ForEach<unknown>
  | Spread<unknown>
  | Entries;

export type SlotKind = Slot[typeof SLOT];

/** The slot type of one kind. */
export type SlotOf<K extends SlotKind> = Extract<Slot, { readonly [SLOT]: K }>;

/**
 * What an interpreter of slots is: one function per kind, as {@link Visitors} is for expressions. Leaving a kind out does
 * not compile, wherever slots are read.
 */
export type SlotVisitors<Result, Extra extends readonly unknown[] = []> = {
  readonly [K in SlotKind]: (slot: SlotOf<K>, ...extra: Extra) => Result;
};

/** Hands a slot to the function of its kind. */
export function visitSlot<Result, Extra extends readonly unknown[]>(
  visitors: SlotVisitors<Result, Extra>,
  slot: Slot,
  ...extra: Extra
): Result {
  return visitKind(visitors, slot[SLOT], slot, extra);
}

/** The visitor of a kind takes the slot of that kind, which the compiler cannot follow through a union. */
function visitKind<K extends SlotKind, Result, Extra extends readonly unknown[]>(
  visitors: SlotVisitors<Result, Extra>,
  kind: K,
  slot: Slot,
  extra: Extra,
): Result {
  return visitors[kind](slot as SlotOf<K>, ...extra);
}

/** Whether something found in a template is a slot. */
export function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && SLOT in value;
}

/** What stands under the condition of a template as a whole; a template without one is that itself. */
export function bodyOf(template: unknown): unknown {
  return isSlot(template) && template[SLOT] === 'when' ? template.body : template;
}
