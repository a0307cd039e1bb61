import { isNode, lineOf, nodesOf, parse, type SyntaxNode, walk } from './syntax.ts';

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
  walk(parse(text), (node) => {
    const specifier = sourceOf(node);
    if (specifier === undefined) return;
    imports.push({ specifier, line: lineOf(node, text), names: namesOf(node), isTypeOnly: isTypeOnly(node) });
  });
  return imports;
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
  return nodesOf(node.specifiers).map(nameOf);
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
