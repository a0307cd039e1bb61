/**
 * The expression nodes of the template language: frozen plain objects with a literal `kind`.
 *
 * An expression says how a leaf of a manifest follows from the values. Several interpreters walk the same nodes
 * (evaluate to data, explain to people, print to Go templates); each is a table over {@link NodeKind}, so a
 * new kind does not compile until every interpreter knows it.
 */

/** What a leaf may be in a manifest. */
export type Scalar = string | number | boolean;

/** The shape of a referenced value, which decides how it reads as text and how it prints. */
export type ValueType = 'text' | 'integer' | 'flag' | 'map' | 'list' | 'record';

/** A fixed scalar. */
export interface LiteralNode {
  readonly kind: 'literal';
  readonly value: Scalar;
}

/** A value of the release's values, by its path. */
export interface ValueNode {
  readonly kind: 'value';
  readonly path: readonly string[];
  readonly type: ValueType;
}

/** A fact about the release or the chart. */
export interface ContextNode {
  readonly kind: 'context';
  readonly scope: 'release' | 'chart';
  readonly field: string;
}

/** A part of the element that the innermost `forEach` of this variable is at. */
export interface ElementNode {
  readonly kind: 'element';
  readonly variable: string;
  readonly path: readonly string[];
  readonly type: ValueType;
}

/** Two scalars of one type are the same. */
export interface EqualNode {
  readonly kind: 'equal';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly type: ValueType;
}

export interface NotNode {
  readonly kind: 'not';
  readonly operand: ExpressionNode;
}

export interface AndNode {
  readonly kind: 'and';
  readonly operands: readonly ExpressionNode[];
}

export interface OrNode {
  readonly kind: 'or';
  readonly operands: readonly ExpressionNode[];
}

/** An empty text, map or list. */
export interface IsEmptyNode {
  readonly kind: 'isEmpty';
  readonly operand: ExpressionNode;
}

/** An integer is at least another times a factor. */
export interface AtLeastNode {
  readonly kind: 'atLeast';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly factor: number;
}

/** A text matches a pattern of the grammar that JavaScript and RE2 share. */
export interface MatchesNode {
  readonly kind: 'matches';
  readonly operand: ExpressionNode;
  readonly pattern: string;
}

/** Some key of a map matches a pattern. */
export interface SomeKeyMatchesNode {
  readonly kind: 'someKeyMatches';
  readonly operand: ExpressionNode;
  readonly pattern: string;
}

/** Texts one after the other. */
export interface ConcatNode {
  readonly kind: 'concat';
  readonly parts: readonly ExpressionNode[];
}

/** One of two values of the same type. */
export interface ChooseNode {
  readonly kind: 'choose';
  readonly condition: ExpressionNode;
  readonly consequent: ExpressionNode;
  readonly alternative: ExpressionNode;
}

/** The first text that is not empty, or an empty text. */
export interface FirstNonEmptyNode {
  readonly kind: 'firstNonEmpty';
  readonly candidates: readonly ExpressionNode[];
}

/** A name cut to 63 characters with a hash of the whole. */
export interface BoundedNameNode {
  readonly kind: 'boundedName';
  readonly operand: ExpressionNode;
}

/** An integer or a flag as text. */
export interface ToTextNode {
  readonly kind: 'toText';
  readonly operand: ExpressionNode;
  readonly type: 'integer' | 'flag';
}

/** A map of texts as `k=v,k2=v2`, keys in byte order. */
export interface JoinEntriesNode {
  readonly kind: 'joinEntries';
  readonly operand: ExpressionNode;
}

/** The texts of a list with a separator between them. */
export interface JoinItemsNode {
  readonly kind: 'joinItems';
  readonly operand: ExpressionNode;
  readonly separator: string;
}

/** An expression with a name of its own: a helper of the printed chart, a step of an explanation. */
export interface NamedNode {
  readonly kind: 'named';
  readonly name: string;
  /** What it is, for the readers of the printed chart. */
  readonly description: string;
  readonly type: 'text' | 'flag';
  readonly expression: ExpressionNode;
}

export type ExpressionNode =
  | LiteralNode
  | ValueNode
  | ContextNode
  | ElementNode
  | EqualNode
  | NotNode
  | AndNode
  | OrNode
  | IsEmptyNode
  | AtLeastNode
  | MatchesNode
  | SomeKeyMatchesNode
  | ConcatNode
  | ChooseNode
  | FirstNonEmptyNode
  | BoundedNameNode
  | ToTextNode
  | JoinEntriesNode
  | JoinItemsNode
  | NamedNode;

export type NodeKind = ExpressionNode['kind'];

/** The node type of one kind. */
export type NodeOf<K extends NodeKind> = Extract<ExpressionNode, { readonly kind: K }>;

/** What an interpreter is: one function per kind of node. Leaving a kind out does not compile. */
export type Visitors<Result, Extra extends readonly unknown[] = []> = {
  readonly [K in NodeKind]: (node: NodeOf<K>, ...extra: Extra) => Result;
};
