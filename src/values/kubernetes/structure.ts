import { isDataMap } from '../../template/index.ts';
import { lazyPattern } from '../../text/lazy-pattern.ts';
import { nearest } from '../../text/nearest.ts';
import type { ShapeCode } from '../check/codes.ts';
import type { Finding } from '../check/finding.ts';
import { foundText, typeHint, typeName } from '../check/words.ts';
import { FRAGMENT_KEY, FRAGMENT_TEXT, MAX_INT32, RESOURCE_KEY } from '../grammar.ts';
import { quoted } from '../load/origin.ts';
import { type Path, showPath } from '../load/plain.ts';
import { QUANTITY } from './quantity.ts';
import { type Field, type Shape, typeOf } from './types.ts';

/** Is told of a value of a type of Kubernetes in which everything has the shape that it must have. */
export type OnSound = (type: string, value: Readonly<Record<string, unknown>>, path: Path) => void;

/** Where findings go, and who is told of values that are sound. */
export interface Visit {
  readonly findings: Finding[];
  readonly onSound: OnSound;
  /** Whether a field around is one that only newer versions of Kubernetes know. */
  readonly isNewer?: boolean;
}

/** Most findings that are told of one piece: a piece that is something else altogether would bury the rest. */
const MOST_FINDINGS = 200;

/**
 * Compares a value with what Kubernetes takes at its place: keys, types, words and ranges of numbers. Says the same
 * as the schema that Helm checks; test/values/kubernetes/structure.test.ts holds the two together.
 *
 * @returns whether everything in the value is as it must be.
 */
export function checkShape(value: unknown, shape: Shape, path: Path, visit: Visit): boolean {
  if (visit.findings.length >= MOST_FINDINGS) return false;
  switch (shape.kind) {
    case 'type':
      return checkType(value, shape.name, path, visit);
    case 'list':
      return checkList(value, shape.of, path, visit);
    case 'map':
      return checkMap(value, shape.of, path, visit);
    default: {
      const finding = scalarFinding(value, shape, path);
      if (finding !== undefined) visit.findings.push(finding);
      return finding === undefined;
    }
  }
}

function checkType(value: unknown, type: string, path: Path, visit: Visit): boolean {
  const fields = typeOf(type).fields;
  if (!isDataMap(value)) return refuse(visit, wrongType(path, value, 'object', [...fields.keys()]));
  const before = visit.findings.length;
  let isSound = true;
  for (const [key, inner] of Object.entries(value)) {
    const field = fields.get(key);
    if (field === undefined) isSound = refuse(visit, unknownKey(path, key, [...fields.keys()]));
    else if (inner !== null) {
      isSound = checkField(inner, field, [...path, key], visit) && isSound;
    }
    if (visit.findings.length - before >= MOST_FINDINGS) return false;
  }
  for (const [key, field] of fields) {
    if (isMissing(field, value[key])) isSound = refuse(visit, required([...path, key]));
  }
  if (isSound) visit.onSound(type, value, path);
  return isSound;
}

/** Of a field that only newer versions know, what is in it is not told again. */
function checkField(value: unknown, { shape, since }: Field, path: Path, visit: Visit): boolean {
  if (since === undefined || visit.isNewer === true) return checkShape(value, shape, path, visit);
  visit.findings.push(needsKubernetes(path, since));
  return checkShape(value, shape, path, { ...visit, isNewer: true });
}

function isMissing({ isRequired }: Field, value: unknown): boolean {
  return isRequired && (value === undefined || value === null);
}

function checkList(value: unknown, of: Shape, path: Path, visit: Visit): boolean {
  if (!Array.isArray(value)) return refuse(visit, wrongType(path, value, 'array'));
  return value.reduce(
    (isSound, item, index) => checkShape(item, of, [...path, index], visit) && isSound,
    true,
  );
}

const KEY = lazyPattern(FRAGMENT_KEY.pattern);
const NAME_OF_RESOURCE = lazyPattern(RESOURCE_KEY.pattern);

function checkMap(value: unknown, of: Shape, path: Path, visit: Visit): boolean {
  if (!isDataMap(value)) return refuse(visit, wrongType(path, value, 'object'));
  const keys = of.kind === 'quantity' ? NAME_OF_RESOURCE : KEY;
  let isSound = true;
  for (const [key, inner] of Object.entries(value)) {
    if (!keys.test(key)) isSound = refuse(visit, badKey([...path, key]));
    else isSound = checkShape(inner, of, [...path, key], visit) && isSound;
  }
  return isSound;
}

function refuse({ findings }: Visit, finding: Finding): false {
  findings.push(finding);
  return false;
}

const AMOUNT = lazyPattern(QUANTITY.pattern);

type Scalar = Exclude<Shape, { readonly kind: 'type' | 'list' | 'map' }>;

const TEXT = lazyPattern(FRAGMENT_TEXT.pattern);

/** The largest number of each kind. Values hold no integer that JavaScript cannot tell from its neighbours. */
const INTEGERS: Readonly<Record<'int32' | 'int64', number>> = {
  int32: MAX_INT32,
  int64: Number.MAX_SAFE_INTEGER,
};

function scalarFinding(value: unknown, shape: Scalar, path: Path): Finding | undefined {
  switch (shape.kind) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : wrongType(path, value, 'boolean');
    case 'text':
      return textFinding(value, path);
    case 'words':
      return wordFinding(value, shape.words, path);
    case 'int32':
    case 'int64':
      return integerFinding(value, INTEGERS[shape.kind], path);
    case 'port':
      return typeof value === 'string'
        ? textFinding(value, path)
        : integerFinding(value, INTEGERS.int32, path);
    case 'quantity':
      return quantityFinding(value, path);
  }
}

function textFinding(value: unknown, path: Path): Finding | undefined {
  if (typeof value !== 'string') return wrongType(path, value, 'string');
  return TEXT.test(value) ? undefined : badFormat(path, FRAGMENT_TEXT.expected, value);
}

function wordFinding(value: unknown, words: readonly string[], path: Path): Finding | undefined {
  if (typeof value !== 'string') return wrongType(path, value, 'string');
  if (words.includes(value)) return undefined;
  const known = words.filter((word) => word !== '');
  const suggestion = nearest(value, known);
  return {
    severity: 'error',
    code: 'NotAllowed',
    path,
    message: `expected ${known.slice(0, 8).join(' or ')}${known.length > 8 ? ' or others' : ''}, found ${quoted(value)}`,
    hint:
      suggestion === undefined
        ? `choose one of ${known.slice(0, 8).join(', ')}`
        : `did you mean ${suggestion}?`,
  };
}

function integerFinding(value: unknown, maximum: number, path: Path): Finding | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(path, value, 'integer');
  if (value <= maximum && value >= -maximum) return undefined;
  return error(
    'OutOfRange',
    path,
    `expected from ${-maximum} to ${maximum}, found ${value}`,
    'change the value',
  );
}

function quantityFinding(value: unknown, path: Path): Finding | undefined {
  if (typeof value === 'number') return undefined;
  if (typeof value !== 'string') return wrongType(path, value, 'string');
  if (AMOUNT.test(value)) return undefined;
  const meant = /^([\d.]+)\s*([kmgtpe])(i?)b?$/i.exec(value);
  const hint =
    meant === null
      ? 'write a number with an optional unit: m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei'
      : `did you mean ${meant[1]}${String(meant[2]).toUpperCase()}i?`;
  return error('BadFormat', path, `expected ${QUANTITY.expected}, found ${quoted(value)}`, hint);
}

function wrongType(path: Path, value: unknown, type: string, keys: readonly string[] = []): Finding {
  const message = `expected ${typeName(type)}, found ${foundText(value)}`;
  return error('WrongType', path, message, typeHint(value, type, keys));
}

function badFormat(path: Path, expected: string, value: string): Finding {
  return error('BadFormat', path, `expected ${expected}, found ${quoted(value)}`, 'change the value');
}

function badKey(path: Path): Finding {
  const message = `expected a key of at most 250 characters other than "<<", found ${quoted(String(path.at(-1)))}`;
  return { ...error('BadFormat', path, message, 'change the key'), atKey: true };
}

function unknownKey(path: Path, key: string, keys: readonly string[]): Finding {
  const suggestion = nearest(key, keys);
  const hint =
    suggestion === undefined
      ? `known keys: ${keys.join(', ')}`
      : `did you mean ${showPath([...path, suggestion])}?`;
  const finding = error('UnknownKey', [...path, key], `${showPath(path)} has no key ${quoted(key)}`, hint);
  return { ...finding, atKey: true };
}

function required(path: Path): Finding {
  const message = `expected the key ${quoted(String(path.at(-1)))}, found none`;
  return error('Required', path, message, 'add the key');
}

function needsKubernetes(path: Path, since: string): Finding {
  return {
    severity: 'warning',
    code: 'NeedsKubernetes',
    path,
    message: `${String(path.at(-1))} is known to Kubernetes ${since} and later`,
    hint: `make sure that the cluster runs ${since} or later, or remove the key`,
    atKey: true,
  };
}

function error(code: ShapeCode, path: Path, message: string, hint: string): Finding {
  return { severity: 'error', code, path, message, hint };
}
