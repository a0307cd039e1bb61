import { parseAst } from 'rolldown/parseAst';
import { isNode, mutationsOf, type Replacement, type SyntaxNode } from './mutators.ts';

/** One small mistake in one file: the text between `start` and `end` becomes `after`. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The text of that line, without the spaces around it: numbers of lines move, and one file repeats `0` often. */
  readonly lineText: string;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
  /** Whether the text is the name of a method and no expression. */
  readonly isMethod: boolean;
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
  const lines = text.split('\n');
  const lineAt = (start: number): number => text.slice(0, start).split('\n').length;
  return found.map(({ start, end, text: after, isMethod = false }) => ({
    file,
    line: lineAt(start),
    lineText: (lines[lineAt(start) - 1] ?? '').trim(),
    start,
    end,
    before: text.slice(start, end),
    after,
    isMethod,
  }));
}

/** The file with the mistake. */
export function withMutant(text: string, { start, end, after }: Mutant): string {
  return text.slice(0, start) + after + text.slice(end);
}

function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  if (node.type.startsWith('TS') && !TRANSPARENT.has(node.type)) return;
  if (node.type === 'ImportDeclaration') return;
  visit(node);
  for (const [key, child] of Object.entries(node)) {
    // The name of a field is no expression.
    if (key === 'key' && node.computed === false) continue;
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) walk(one, visit);
  }
}

/** Nodes of TypeScript with a value inside. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
]);
