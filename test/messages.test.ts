import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bare, isNode, lineOf, nodesOf, parse, type SyntaxNode, walk } from '../scripts/rooms/syntax.ts';

const root = resolve(import.meta.dirname, '..');
const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.startsWith('src/generated/'));

/** Words that are written with a capital wherever they stand, kinds of objects among them. */
const NAMES = /^(?:Helm|Kubernetes|Unicode|Certificate|Gateway|Node|Pod|Secret|Service)s?\b/;

/** A message or a hint goes on behind a colon, so it begins in lower case and has no full stop. */
function isOfTheStyle(text: string): boolean {
  return (
    (!/^(?:A|[A-Z][a-z]+) /.test(`${text} `) || NAMES.test(text)) &&
    !/(?<!\\)\.$/.test(text) &&
    !/\. [A-Z]/.test(text)
  );
}

/** Which arguments of a function are messages or hints, by its name: `refusal(at, message, hint)`. */
type Tellers = ReadonlyMap<string, readonly number[]>;

const TOLD = /^(?:hint|message)$/;

function tellersIn(texts: readonly string[]): Tellers {
  const tellers = new Map<string, readonly number[]>();
  const add = (name: string, parameters: readonly SyntaxNode[]) => {
    const told = parameters.flatMap((one, index) => (TOLD.test(nameOf(one.left ?? one)) ? [index] : []));
    if (name !== '' && told.length > 0) tellers.set(name, [...(tellers.get(name) ?? []), ...told]);
  };
  for (const text of texts) {
    walk(parse(text), (node) => {
      if (node.type === 'FunctionDeclaration') add(nameOf(node.id), nodesOf(node.params));
      if (node.type === 'VariableDeclarator' && isNode(node.init))
        add(nameOf(node.id), nodesOf(node.init.params));
    });
  }
  return tellers;
}

/** The texts that a file gives as messages and hints: by key, argument, constant, or function of that name. */
function toldTexts(
  text: string,
  tellers: Tellers,
): readonly { readonly line: number; readonly told: string }[] {
  const told: { line: number; told: string }[] = [];
  const tell = (value: unknown) => {
    for (const node of textsOf(value)) told.push({ line: lineOf(node, text), told: wordsOf(node) });
  };
  walk(parse(text), (node) => {
    if (node.type === 'Property' && TOLD.test(nameOf(node.key))) tell(node.value);
    if (node.type === 'VariableDeclarator' && /hint/i.test(nameOf(node.id))) tellAll(node.init, tell);
    if (node.type === 'FunctionDeclaration' && /hint/i.test(nameOf(node.id))) tellReturned(node, tell);
    if (node.type === 'LogicalExpression' && /hint$/.test(sourceOf(node.left, text))) tell(node.right);
    if (node.type === 'AssignmentPattern' && /^hint$/.test(nameOf(node.left))) tell(node.right);
    if (node.type === 'CallExpression')
      for (const index of tellers.get(nameOf(node.callee)) ?? []) tell(nodesOf(node.arguments)[index]);
    if (node.type === 'NewExpression' && /^(?:Usage|Type|Range)?Error$/.test(nameOf(node.callee)))
      nodesOf(node.arguments).forEach(tell);
  });
  return told;
}

/** The texts that an expression may come to. */
function textsOf(value: unknown): readonly SyntaxNode[] {
  const node = bare(value);
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node] : [];
    case 'TemplateLiteral':
      return [node];
    case 'ConditionalExpression':
      return [...textsOf(node.consequent), ...textsOf(node.alternate)];
    case 'LogicalExpression':
      return [...textsOf(node.left), ...textsOf(node.right)];
    default:
      return [];
  }
}

/** Every value of a table. */
function tellAll(init: unknown, tell: (value: unknown) => void): void {
  tell(init);
  walk(init, (node) => {
    if (node.type === 'Property') tell(node.value);
    if (node.type === 'ArrayExpression') tell(nodesOf(node.elements)[1]);
  });
}

function tellReturned(declaration: SyntaxNode, tell: (value: unknown) => void): void {
  walk(declaration.body, (node) => {
    if (node.type === 'ReturnStatement') tell(node.argument);
  });
}

function sourceOf(node: unknown, text: string): string {
  return isNode(node) ? text.slice(Number(node.start), Number(node.end)) : '';
}

function nameOf(node: unknown): string {
  return isNode(node) ? String(node.name ?? node.value ?? '') : '';
}

/** The words of a text; what is put in stands as three dots. */
function wordsOf(node: SyntaxNode): string {
  if (node.type === 'Literal') return String(node.value);
  return nodesOf(node.quasis)
    .map(({ value }) => (isNode(value) ? String(value.cooked) : ''))
    .join('…');
}

describe('messages and hints are of one style', () => {
  test('which is seen where they are written', () => {
    const written = `
      const HINTS = { 401: 'Check it.' };
      const BY_REASON_HINTS = new Map([['a', 'Try it']]);
      function hintOf(a: string): string { return a === '' ? 'Do it' : \`do \${a}.\`; }
      const one = { message: 'Expected a', hint: HINTS[1] ?? ('b' as string) };
      throw new UsageError('Not known', 'see it. Then go');
      throw new TypeError('A comment');
      const told = (hint = 'Change it') => ({ hint });
      function refusal(at: string, message: string, hint = 'b'): void {}
      refusal('At', 'Expected b.', problem?.hint ?? 'Correct it.');
    `;
    const texts = toldTexts(written, tellersIn([written])).map(({ told }) => told);
    expect(texts.filter(isOfTheStyle)).toEqual(['b', 'b']);
    expect(texts).toHaveLength(14);
  });

  test('from the command line to the API server', () => {
    const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
    const tellers = tellersIn([...texts.values()]);
    const others = [...texts].flatMap(([file, text]) =>
      toldTexts(text, tellers)
        .filter(({ told }) => !isOfTheStyle(told))
        .map(({ line, told }) => `${file}:${line}: ${told}`),
    );
    expect(others).toEqual([]);
  });
});
