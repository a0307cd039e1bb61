import type { Data, DataMap } from '../template/index.ts';
import { isDataMap } from '../template/index.ts';
import { reference } from './kubernetes/schema.ts';

/**
 * A schema of which every piece that is worth it, and that stands in it more than once, is a definition of its own. It
 * takes the same values, at the same paths. What a piece means, and its default, stay at its place beside the reference:
 * editors look there, and Helm ignores them.
 */
export function sharePieces(schema: DataMap, isWorthIt: (piece: DataMap) => boolean = isCostly): DataMap {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const look: Change = (piece, place) => {
    const text = textOf(piece);
    if (seen.has(text)) repeated.add(text);
    else {
      seen.add(text);
      changePieces(piece, place, look);
    }
    return piece;
  };
  changePieces(schema, '', look);

  const shared: Record<string, DataMap> = {};
  const names = new Map<string, string>();
  const refer: Change = (piece, place) => {
    const text = textOf(piece);
    if (piece.$ref !== undefined || !repeated.has(text) || !isWorthIt(piece)) {
      return changePieces(piece, place, refer);
    }
    const known = names.get(text);
    if (known !== undefined) return { ...annotationsOf(piece), ...reference(known) };
    const name = free(`as_${place}`, shared);
    names.set(text, name);
    shared[name] = {};
    shared[name] = changePieces(withoutAnnotations(piece), place, refer);
    return { ...annotationsOf(piece), ...reference(name) };
  };
  const { definitions, ...rest } = changePieces(schema, '', refer);
  return { ...rest, definitions: { ...(isDataMap(definitions) ? definitions : {}), ...shared } };
}

/**
 * Whether Helm takes time for a piece: it compiles a schema wherever it stands, each time it runs, and every pattern more
 * than once. Sections keep their keys all the same, so that a reader finds a value where it stands in values.yaml.
 */
function isCostly(piece: DataMap): boolean {
  return (
    piece.properties === undefined &&
    ['pattern', 'items', 'allOf', 'patternProperties'].some((keyword) => piece[keyword] !== undefined)
  );
}

/** A name that no definition has yet: keys may differ in characters that names do not have. */
function free(name: string, taken: Readonly<Record<string, DataMap>>): string {
  return taken[name] === undefined ? name : free(`${name}_`, taken);
}

/** Makes another schema of a piece that stands at a place. */
type Change = (piece: DataMap, place: string) => DataMap;

/** Keywords whose value is a map of schemas. */
const MAPS_OF_SCHEMAS: ReadonlySet<string> = new Set(['properties', 'patternProperties']);

/** Keywords whose value is a schema, or a list of schemas. */
const SCHEMAS: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'allOf', 'if', 'then']);

function changePieces(schema: DataMap, place: string, change: Change): DataMap {
  const below = (key: string) => (place === '' ? key : `${place}_${key}`).replace(/\W/g, '');
  const entries = Object.entries(schema).map(([keyword, value]): [string, Data] => {
    if (SCHEMAS.has(keyword)) return [keyword, changeOneOrMore(value, below(keyword), change)];
    if (!isDataMap(value)) return [keyword, value];
    // What has a name already is not moved; what is in it may be.
    if (keyword === 'definitions') {
      return [keyword, mapSchemas(value, (one, key) => changePieces(one, key, change))];
    }
    if (!MAPS_OF_SCHEMAS.has(keyword)) return [keyword, value];
    return [keyword, mapSchemas(value, (one, key) => change(one, below(key)))];
  });
  return Object.fromEntries(entries);
}

function changeOneOrMore(value: Data, place: string, change: Change): Data {
  if (Array.isArray(value)) {
    return value.map((one, index) => (isDataMap(one) ? change(one, `${place}_${index}`) : one));
  }
  return isDataMap(value) ? change(value, place) : value;
}

function mapSchemas(schemas: DataMap, change: Change): DataMap {
  return Object.fromEntries(
    Object.entries(schemas).map(([key, one]) => [key, isDataMap(one) ? change(one, key) : one]),
  );
}

const ANNOTATIONS: ReadonlySet<string> = new Set(['description', 'default']);

function textOf(piece: DataMap): string {
  return JSON.stringify(withoutAnnotations(piece));
}

function withoutAnnotations(piece: DataMap): DataMap {
  return Object.fromEntries(Object.entries(piece).filter(([keyword]) => !ANNOTATIONS.has(keyword)));
}

function annotationsOf(piece: DataMap): DataMap {
  return Object.fromEntries(Object.entries(piece).filter(([keyword]) => ANNOTATIONS.has(keyword)));
}
