import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scratchCopy } from '../support/scratch.ts';

const template = join(import.meta.dirname, '../../src/template');

/** Files of the template language with a table over some kinds of nodes, and how many. */
function tablesOf(type: string): ReadonlyMap<string, number> {
  const files = readdirSync(template, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const counted = files.map((file): [string, number] => {
    const text = readFileSync(join(template, file), 'utf8');
    return [`src/template/${file}`, [...text.matchAll(new RegExp(`^const \\w+: ${type}<`, 'gm'))].length];
  });
  return new Map(counted.filter(([, count]) => count > 0));
}

describe('a new kind of node does not compile in any interpreter that does not know it', () => {
  const copy = scratchCopy(['src/template', 'src/text']);
  afterAll(copy.remove);

  copy.edit(
    'tsconfig.json',
    '"include": ["src", "test", "scripts", "tools", "bench/*.ts", "*.config.ts"]',
    '"include": ["src"]',
  );
  copy.edit(
    'src/template/nodes/slot.ts',
    'export type Slot =\n',
    "export interface Added {\n  readonly [SLOT]: 'added';\n}\n\nexport type Slot =\n  | Added\n",
  );
  copy.edit(
    'src/template/nodes/node.ts',
    'export type ExpressionNode =\n',
    "export interface NewNode {\n  readonly kind: 'new';\n}\n\nexport type ExpressionNode =\n  | NewNode\n",
  );
  const errors = copy.errors();
  const countIn = (file: string, kind: string): number =>
    errors.filter((line) => line.startsWith(`${file}(`) && line.includes(`'${kind}'`)).length;

  test('slots are read by tables in at least six files', () => {
    expect(tablesOf('SlotVisitors').size).toBeGreaterThanOrEqual(6);
  });

  test.each([...tablesOf('SlotVisitors')])(
    '%s lacks the new slot in each of its %i tables',
    (file, tables) => {
      expect(countIn(file, 'added'), errors.join('\n')).toBe(tables);
    },
  );

  test.each([...tablesOf('Visitors')])(
    '%s lacks the new expression in each of its %i tables',
    (file, tables) => {
      expect(countIn(file, 'new'), errors.join('\n')).toBe(tables);
    },
  );

  test('no slot is asked for its kind outside of the tables', () => {
    const files = readdirSync(join(template, '..'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const asking = files.filter((file) =>
      /\[SLOT\] (===|!==)|switch \(\w+\[SLOT\]/.test(readFileSync(join(template, '..', file), 'utf8')),
    );
    expect(asking).toEqual(['template/nodes/slot.ts']);
  });
});
