import { ELEMENT, type Expr, expression, type ListExpr, type ValueType } from '../template/index.ts';
import type {
  Definition,
  ElementOf,
  Fields,
  FragmentDefinition,
  GroupDefinition,
  ListDefinition,
  ValueOf,
} from './definition.ts';

/**
 * References to values: a plain object with the shape of the definition, whose leaves are expressions. A path
 * that does not exist does not compile.
 */
export type References<D> =
  D extends GroupDefinition<infer F>
    ? { readonly [K in keyof F]: References<F[K]> }
    : D extends ListDefinition<infer E, infer O>
      ? ListExpr<ElementOf<ValueOf<E>, O>, References<E>>
      : D extends FragmentDefinition<infer A>
        ? Expr<A>
        : Expr<ValueOf<D>>;

/** Builds the references to everything that a definition defines, which itself stands at `path`. */
export function referencesOf<D extends Definition>(
  definition: D,
  path: readonly string[] = [],
): References<D> {
  return build(
    definition,
    (at, type) => expression({ kind: 'value', path: at, type }),
    path,
  ) as References<D>;
}

type Leaf = (path: readonly string[], type: ValueType) => Expr<unknown>;

function build(definition: Definition, leaf: Leaf, path: readonly string[]): unknown {
  switch (definition.kind) {
    case 'group':
      return buildFields(definition.fields, leaf, path);
    case 'list':
      return Object.freeze({
        ...leaf(path, 'list'),
        [ELEMENT]: (variable: string) =>
          build(
            definition.element,
            (inner, type) => expression({ kind: 'element', variable, path: inner, type }),
            [],
          ),
      });
    default:
      return leaf(path, valueType(definition));
  }
}

function buildFields(fields: Fields, leaf: Leaf, path: readonly string[]): unknown {
  const built: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (field !== undefined) built[key] = build(field, leaf, [...path, key]);
  }
  return Object.freeze(built);
}

function valueType(
  definition: Exclude<Definition, GroupDefinition<Fields> | ListDefinition<Definition>>,
): ValueType {
  switch (definition.kind) {
    case 'text':
    case 'choice':
    // An amount is only ever written out, which numbers and texts are in the same way.
    case 'amount':
      return 'text';
    case 'integer':
      return 'integer';
    case 'flag':
      return 'flag';
    case 'textMap':
      return 'map';
    case 'fragment':
      return definition.shape;
  }
}
