import { type Reference, referencesIn } from './references.ts';
import { isNode, lineOf, parse, type SyntaxNode, walk } from './syntax.ts';

/** Something of the world around that a file reaches for. */
export interface Use {
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

/** What only Node has, and what differs from call to call; `globalThis` leads to all of it. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'process',
  'Buffer',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  '__dirname',
  '__filename',
  'require',
  'module',
  'exports',
  'global',
  'globalThis',
  'console',
  'fetch',
  'performance',
  'crypto',
]);

/** Every use of Node's globals, of a clock and of randomness. Names that the file declares itself are its own. */
export function globalsIn(text: string): readonly Use[] {
  const uses = referencesIn(text)
    .filter(({ declared }) => declared === 'nowhere')
    .flatMap((reference) => {
      const name = forbiddenName(reference);
      return name === undefined ? [] : [{ name, line: reference.line }];
    });
  return [...uses, ...metaIn(text)];
}

function forbiddenName(reference: Reference): string | undefined {
  if (FORBIDDEN.has(reference.name)) return reference.name;
  if (reference.name === 'Date') return clockIn(reference);
  if (reference.name === 'Math') return randomnessIn(reference);
  return undefined;
}

const WITHOUT_CLOCK: ReadonlySet<unknown> = new Set(['UTC', 'parse', 'prototype']);

/** `Date` without the time of day: a moment that is given, or arithmetic; anything else may ask for the time. */
function clockIn({ around: [id, parent] }: Reference): string | undefined {
  if (parent?.type === 'NewExpression' && parent.callee === id) {
    return Array.isArray(parent.arguments) && parent.arguments.length > 0 ? undefined : 'new Date()';
  }
  const member = memberOf(id, parent);
  if (WITHOUT_CLOCK.has(member)) return undefined;
  if (parent?.type === 'BinaryExpression' && parent.operator === 'instanceof') return undefined;
  return member === undefined ? 'Date' : `Date.${member}`;
}

function randomnessIn({ around: [id, parent] }: Reference): string | undefined {
  const member = memberOf(id, parent);
  if (member === undefined) return 'Math';
  return member === 'random' ? 'Math.random' : undefined;
}

function memberOf(id: SyntaxNode | undefined, parent: SyntaxNode | undefined): string | undefined {
  if (parent?.type !== 'MemberExpression' || parent.object !== id || parent.computed === true)
    return undefined;
  return isNode(parent.property) ? String(parent.property.name) : undefined;
}

/** `import.meta` tells where a file lies, which is another place in a bundle. */
function metaIn(text: string): readonly Use[] {
  const uses: Use[] = [];
  walk(parse(text), (node) => {
    if (node.type === 'MetaProperty' && isNode(node.meta) && node.meta.name === 'import') {
      uses.push({ name: 'import.meta', line: lineOf(node, text) });
    }
  });
  return uses;
}
