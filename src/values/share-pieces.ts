import type { Data, DataMap } from '../template/index.ts';
import { isDataMap } from '../template/index.ts';
import { reference } from './kubernetes/schema.ts';

/**
 * A schema of which every piece that Helm compiles at a cost, and that stands in it more than once, is a definition of
 * its own: a pattern, or what has schemas inside. It takes the same values, at the same paths.
 *
 * Helm compiles a schema wherever it stands, each time it runs, and every pattern more than once. What a piece means,
 * and its default, stay at its place beside the reference, where editors look; Helm ignores them there. Sections keep
 * their keys, so that a reader of the schema still finds a value where it stands in values.yaml.
 */
export function sharePieces(schema: DataMap): DataMap {
  const firstPlaces = new Map<string, string>();
  const repeated = new Set<string>();
  const look: Change = (piece, place) => {
    const text = textOf(piece);
    if (isShareable(piece) && firstPlaces.has(text)) repeated.add(text);
    else {
      firstPlaces.set(text, place);
      changePieces(piece, place, look);
    }
    return piece;
  };
  changePieces(schema, '', look);

  const shared: Record<string, DataMap> = {};
  const refer: Change = (piece, place) => {
    const text = textOf(piece);
    if (!isShareable(piece) || !repeated.has(text)) return changePieces(piece, place, refer);
    const first = firstPlaces.get(text) ?? place;
    const name = `as_${first}`;
    shared[name] ??= changePieces(withoutAnnotations(piece), first, refer);
    return { ...annotationsOf(piece), ...reference(name) };
  };
  const { definitions, ...rest } = changePieces(schema, '', refer);
  return { ...rest, definitions: { ...(isDataMap(definitions) ? definitions : {}), ...shared } };
}

/** Makes another schema of a piece that stands at a place. */
type Change = (piece: DataMap, place: string) => DataMap;

function changePieces(schema: DataMap, place: string, change: Change): DataMap {
  const below = (key: string) => (place === '' ? key : `${place}_${key}`);
  const entries = Object.entries(schema).map(([keyword, value]): [string, Data] => {
    if (!isDataMap(value)) return [keyword, value];
    if (keyword === 'items') return [keyword, change(value, below('items'))];
    // What has a name already is not moved; what is in it may be.
    if (keyword === 'definitions')
      return [keyword, mapSchemas(value, (one, key) => changePieces(one, key, change))];
    return [
      keyword,
      keyword === 'properties' ? mapSchemas(value, (one, key) => change(one, below(key))) : value,
    ];
  });
  return Object.fromEntries(entries);
}

function mapSchemas(schemas: DataMap, change: Change): DataMap {
  return Object.fromEntries(
    Object.entries(schemas).map(([key, one]) => [key, isDataMap(one) ? change(one, key) : one]),
  );
}

const ANNOTATIONS: ReadonlySet<string> = new Set(['description', 'default']);

/** Keywords of pieces that cost something to compile. */
const COSTLY = ['pattern', 'items', 'allOf', 'patternProperties'];

function isShareable(piece: DataMap): boolean {
  return piece.properties === undefined && COSTLY.some((keyword) => piece[keyword] !== undefined);
}

function textOf(piece: DataMap): string {
  return JSON.stringify(withoutAnnotations(piece));
}

function withoutAnnotations(piece: DataMap): DataMap {
  return Object.fromEntries(Object.entries(piece).filter(([keyword]) => !ANNOTATIONS.has(keyword)));
}

function annotationsOf(piece: DataMap): DataMap {
  return Object.fromEntries(Object.entries(piece).filter(([keyword]) => ANNOTATIONS.has(keyword)));
}
