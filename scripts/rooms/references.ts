import { namesOpenedBy } from './bindings.ts';
import { isNode, lineOf, parse, type SyntaxNode } from './syntax.ts';

/** A place where a file uses a name as a value. */
export interface Reference {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** Where the name is declared: in a function or block, at the top of the file, or not in the file. */
  readonly declared: 'inside' | 'module' | 'nowhere';
  /** The name itself and then what stands around it, from the inside. */
  readonly around: readonly SyntaxNode[];
}

/** Every use of a name as a value, types left out. */
export function referencesIn(text: string): readonly Reference[] {
  const references: Reference[] = [];
  visit(parse(text), [], [], ({ name, ...found }, node) => {
    references.push({ name, ...found, line: lineOf(node, text) });
  });
  return references;
}

type Found = Omit<Reference, 'line'>;
type Scope = ReadonlySet<string>;

/** @param scopes from the inside; the last is the file's. */
function visit(
  node: SyntaxNode,
  scopes: readonly Scope[],
  parents: readonly SyntaxNode[],
  report: (found: Found, node: SyntaxNode) => void,
): void {
  const opened = namesOpenedBy(node);
  const inner = opened === undefined ? scopes : [new Set(opened), ...scopes];
  const around = [node, ...parents];
  if (node.type === 'Identifier' && typeof node.name === 'string') {
    report({ name: node.name, declared: whereDeclared(node.name, inner), around }, node);
    return;
  }
  for (const part of valuesIn(node)) visit(part, inner, around, report);
}

function whereDeclared(name: string, scopes: readonly Scope[]): Reference['declared'] {
  const index = scopes.findIndex((scope) => scope.has(name));
  if (index < 0) return 'nowhere';
  return index === scopes.length - 1 ? 'module' : 'inside';
}

const TYPES: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'implements',
]);

/** The parts of a node in which names are values: no types, no names of properties, no labels, nothing imported. */
function valuesIn(node: SyntaxNode): readonly SyntaxNode[] {
  const type = String(node.type);
  if (type.startsWith('TS')) return isNode(node.expression) ? [node.expression] : [];
  if (type === 'ImportDeclaration' || type === 'ExportAllDeclaration' || type === 'MetaProperty') return [];
  if (type === 'ExportNamedDeclaration' && isNode(node.source)) return [];
  return Object.entries(node)
    .filter(([key]) => !TYPES.has(key) && !isOnlyAName(node, key))
    .flatMap(([, part]) => (Array.isArray(part) ? part : [part]))
    .filter(isNode);
}

function isOnlyAName(node: SyntaxNode, key: string): boolean {
  if (key === 'key' || key === 'property') return node.computed !== true;
  return key === 'label' || (key === 'exported' && node.type === 'ExportSpecifier');
}
