import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar } from 'yaml';
import { type PlainValue, plainMap } from '../../src/values/load/plain.ts';
import type { Position, Positions, ReadYaml } from '../../src/values/load/read-yaml.ts';

/**
 * Reads values files with the `yaml` package, for tests of what happens after reading. Enough for plain YAML without
 * aliases; how Helm reads scalars is the yaml room's own matter.
 */
export const readWithYamlPackage: ReadYaml<string> = (source, { file }) => {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.1' });
  const placeOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const problem = { code: 'YamlSyntax', message: error.code, hint: '', file, ...placeOf(error.pos[0]) };
    return { ok: false, problems: [problem] };
  }
  const { value, positions } = convert(document.contents, null, placeOf);
  const root = value === null ? plainMap([]) : value;
  if (typeof root !== 'object' || Array.isArray(root)) throw new Error(`${file} is no map`);
  // Neither null nor a list nor a scalar: the compiler cannot see that isArray rules out read-only lists.
  return { ok: true, value: root as ReturnType<typeof plainMap>, positions };
};

type Converted = { readonly value: PlainValue; readonly positions: Positions };

function convert(node: Node | null, key: Position | null, placeOf: (offset: number) => Position): Converted {
  const at = node?.range ? placeOf(node.range[0]) : (key ?? placeOf(0));
  if (isMap<Scalar<unknown>, Node | null>(node)) return convertMap(node.items, key, at, placeOf);
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => convert(item, null, placeOf));
    const entries = new Map(items.map((item, index) => [String(index), item.positions]));
    return { value: items.map((item) => item.value), positions: { key, value: at, entries } };
  }
  const value = isScalar(node) ? scalar(node.value) : null;
  return { value, positions: { key, value: at, entries: new Map() } };
}

function convertMap(
  pairs: readonly Pair<Scalar<unknown>, Node | null>[],
  key: Position | null,
  at: Position,
  placeOf: (offset: number) => Position,
): Converted {
  const values: [string, PlainValue][] = [];
  const entries = new Map<string, Positions>();
  for (const pair of pairs) {
    const name = String(pair.key.value);
    const item = convert(pair.value, placeOf(pair.key.range?.[0] ?? 0), placeOf);
    values.push([name, item.value]);
    entries.set(name, item.positions);
  }
  return { value: plainMap(values), positions: { key, value: at, entries } };
}

function scalar(value: unknown): PlainValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  return String(value);
}
