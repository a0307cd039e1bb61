import { parseAst } from 'rolldown/parseAst';
import { isNode, mutationsOf, type Replacement, type SyntaxNode } from './mutators.ts';

/** One small mistake in one file. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** The file with the mistake. */
  readonly text: string;
}

/**
 * Every mutant of a file. Types are left alone, and so are the words of rules and findings: a mistake there is seen by
 * whoever reads them.
 *
 * @param file named in the mutants. @param text TypeScript.
 */
export function findMutants(file: string, text: string): readonly Mutant[] {
  const program: unknown = parseAst(text, { lang: 'ts', sourceType: 'module' });
  if (!isNode(program)) throw new TypeError(`${file} cannot be parsed`);
  const found: Replacement[] = [];
  walk(program, (node) => {
    found.push(...mutationsOf(node, ({ start, end }) => text.slice(start, end)));
  });
  return found.map(({ start, end, text: replacement }) => ({
    file,
    line: text.slice(0, start).split('\n').length,
    before: text.slice(start, end),
    after: replacement,
    text: text.slice(0, start) + replacement + text.slice(end),
  }));
}

function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  if (node.type.startsWith('TS') && !TRANSPARENT.has(node.type)) return;
  if (node.type === 'ImportDeclaration') return;
  visit(node);
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) walk(one, visit);
  }
}

/** Nodes of TypeScript with a value inside. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
]);
