import { isChange } from './changes.ts';
import { collectionMade } from './collections.ts';
import { memoriesIn } from './memories.ts';
import { type Reference, referencesIn } from './references.ts';
import { bare, isNode, lineOf, nodesOf, parse, type SyntaxNode } from './syntax.ts';

/** A name at the top of a module whose content changes while the program runs. */
export interface State {
  readonly name: string;
  /** From 1: where it is declared, or where it is changed when another module declares it. */
  readonly line: number;
  readonly why: string;
}

/** The state of a module: what a call could find otherwise than the call before left it. */
export function stateIn(text: string): readonly State[] {
  const references = referencesIn(text);
  const uses = references.filter(({ declared }) => declared === 'module');
  const declared = variablesOf(parse(text));
  const states = declared.flatMap((variable) => {
    const own = uses.filter(({ name }) => name === variable.name);
    const why = whyState(variable, own);
    return why === undefined ? [] : [{ name: variable.name, line: lineOf(variable.id, text), why }];
  });
  const others = uses.filter(({ name }) => !declared.some((variable) => variable.name === name));
  const changed = others.filter(isChange).map(({ name, line }) => ({ name, line, why: 'is changed' }));
  return [...states, ...changed, ...memoriesIn(references)];
}

interface Variable {
  readonly name: string;
  readonly id: SyntaxNode;
  readonly kind: unknown;
  readonly made: SyntaxNode | undefined;
}

function variablesOf(program: SyntaxNode): readonly Variable[] {
  return nodesOf(program.body)
    .map((statement) => (isNode(statement.declaration) ? statement.declaration : statement))
    .filter(({ type, declare }) => type === 'VariableDeclaration' && declare !== true)
    .flatMap(({ kind, declarations }) =>
      nodesOf(declarations).flatMap(({ id, init }) =>
        isNode(id) ? [{ name: String(id.name ?? '(pattern)'), id, kind, made: bare(init) }] : [],
      ),
    );
}

function whyState(variable: Variable, uses: readonly Reference[]): string | undefined {
  const { kind, made, id } = variable;
  if (kind !== 'const') return `is a module's ${String(kind)}`;
  const collection = collectionMade(made);
  if (collection?.startsWith('Weak')) return `is a module's ${collection}`;
  if (uses.some(isChange)) return 'is changed';
  if (collection !== undefined && !isReadonly(id) && uses.some(isHandedOn)) {
    return `is a ${collection} that is handed on without a readonly type`;
  }
  return undefined;
}

/** `ReadonlyMap<...>`, `ReadonlySet<...>`, `ReadonlyArray<...>` or `readonly A[]`: the compiler refuses every change. */
function isReadonly(id: SyntaxNode): boolean {
  const type = isNode(id.typeAnnotation) ? id.typeAnnotation.typeAnnotation : undefined;
  if (!isNode(type)) return false;
  if (type.type === 'TSTypeOperator') return type.operator === 'readonly';
  return isNode(type.typeName) && String(type.typeName.name).startsWith('Readonly');
}

/** Given to a function or to another name: who gets it could change it. A `new Map(NAME)` copies. */
function isHandedOn({ around: [id, parent, , exported] }: Reference): boolean {
  switch (parent?.type) {
    case 'CallExpression':
      return parent.callee !== id;
    case 'VariableDeclarator':
      return parent.init === id || exported?.type === 'ExportNamedDeclaration';
    case 'ReturnStatement':
    case 'ExportSpecifier':
      return true;
    case 'Property':
      return parent.value === id;
    case 'ArrowFunctionExpression':
      return parent.body === id;
    default:
      return false;
  }
}
