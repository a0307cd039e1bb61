import { KUBERNETES_TYPES } from './table.ts';

/** What a place in a manifest holds. */
export type Shape =
  | { readonly kind: 'text' | 'flag' | 'int32' | 'int64' | 'quantity' | 'port' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'type'; readonly name: string };

/** One field of a type of Kubernetes. */
export interface Field {
  readonly shape: Shape;
  readonly isRequired: boolean;
  /** The first version that knows it, as `1.34`, where the oldest that the charts allow does not. */
  readonly since: string | undefined;
  readonly description: string;
}

/** A type of Kubernetes: what it means, and its fields in the order of its API. */
export interface Type {
  readonly description: string;
  readonly fields: ReadonlyMap<string, Field>;
}

const readOnce = new Map<string, Type>();

/**
 * A type by its name; one that the table lacks has no fields. Each is read when it is first needed: values use few of
 * them, and reading all takes longer than rendering.
 */
export function typeOf(name: string): Type {
  const known = readOnce.get(name);
  if (known !== undefined) return known;
  const made = readType(name);
  readOnce.set(name, made);
  return made;
}

const FIELD = /^ {2}(\w+): ([^,#]+?)(, required)?(?:, since ([\d.]+))? # (.*)$/;

function readType(name: string): Type {
  const start = KUBERNETES_TYPES.indexOf(`\n${name} # `);
  if (start === -1) return { description: '', fields: new Map() };
  const end = /\n\S|\n?$/.exec(KUBERNETES_TYPES.slice(start + 1))?.index ?? 0;
  const [head = '', ...lines] = KUBERNETES_TYPES.slice(start + 1, start + 1 + end).split('\n');
  return { description: head.slice(`${name} # `.length), fields: new Map(lines.flatMap(fieldOf)) };
}

function fieldOf(line: string): readonly (readonly [string, Field])[] {
  const found = FIELD.exec(line);
  if (found === null) return [];
  const [, name = '', shape = '', required, since, description = ''] = found;
  return [[name, { shape: shapeOf(shape), isRequired: required !== undefined, since, description }]];
}

function shapeOf(text: string): Shape {
  const inner = text.slice(1, -1);
  if (text.startsWith('[')) return { kind: 'list', of: shapeOf(inner) };
  if (text.startsWith('{')) return { kind: 'map', of: shapeOf(inner) };
  if (text.includes('|')) {
    return { kind: 'words', words: text.split('|').map((word) => (word === '""' ? '' : word)) };
  }
  switch (text) {
    case 'text':
    case 'flag':
    case 'int32':
    case 'int64':
    case 'quantity':
    case 'port':
      return { kind: text };
    default:
      return { kind: 'type', name: text };
  }
}
