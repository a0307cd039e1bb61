import { parseAst } from 'rolldown/parseAst';

/** One import of a module: `import`, `export ... from`, `import(...)` or the type `import('...')`. */
export interface Import {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
  /** Names that are imported, `*` for all of them, `default`; empty when only the module is loaded. */
  readonly names: readonly string[];
  /** Nothing of it is left when the types are stripped. */
  readonly isTypeOnly: boolean;
}

/** Everything that a TypeScript or JavaScript file imports, in the order written. */
export function importsIn(text: string): readonly Import[] {
  const imports: Import[] = [];
  walk(parseAst(text, { lang: 'ts' }), (node) => {
    const specifier = sourceOf(node);
    if (specifier === undefined) return;
    const line = text.slice(0, Number(node.start)).split('\n').length;
    imports.push({ specifier, line, names: namesOf(node), isTypeOnly: isTypeOnly(node) });
  });
  return imports;
}

/** A node of the syntax tree (ESTree with TypeScript), as far as it is looked at here. */
type SyntaxNode = Readonly<Record<string, unknown>>;

function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isNode(value)) {
    if (typeof value.type === 'string') visit(value);
    for (const part of Object.values(value)) walk(part, visit);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null;
}

const IMPORTING: ReadonlySet<unknown> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** The module that a node imports. A computed one is given as `(computed)`, which no rule allows. */
function sourceOf(node: SyntaxNode): string | undefined {
  if (!IMPORTING.has(node.type) || !isNode(node.source)) return undefined;
  return typeof node.source.value === 'string' ? node.source.value : '(computed)';
}

function namesOf(node: SyntaxNode): readonly string[] {
  if (node.type === 'ExportAllDeclaration' || node.type === 'ImportExpression') return ['*'];
  return specifiersOf(node).map(nameOf);
}

function nameOf(specifier: SyntaxNode): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const name = specifier.type === 'ExportSpecifier' ? specifier.local : specifier.imported;
  return isNode(name) ? String(name.name ?? name.value) : '';
}

/** With `verbatimModuleSyntax`, `import { type A }` still loads the module; only `import type` does not. */
function isTypeOnly(node: SyntaxNode): boolean {
  return node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type';
}

function specifiersOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
}
