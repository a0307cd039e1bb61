/**
 * What Helm takes a plain (unquoted, untagged) scalar for. `int` keeps the exact integer, since a map key becomes its
 * decimal text; a value becomes the nearest double. `wide` marks an integer written in digits that is too wide for 64 bits
 * and therefore became a float. A float may be infinite or not a number: Helm then fails as soon as it makes JSON of it.
 */
export type ResolvedScalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number; readonly wide: boolean }
  | { readonly kind: 'string'; readonly value: string };

const NULL: ResolvedScalar = { kind: 'null' };
const TRUE: ResolvedScalar = { kind: 'bool', value: true };
const FALSE: ResolvedScalar = { kind: 'bool', value: false };

const WORDS: ReadonlyMap<string, ResolvedScalar> = new Map([
  ...words('y Y yes Yes YES true True TRUE on On ON', TRUE),
  ...words('n N no No NO false False FALSE off Off OFF', FALSE),
  ...words('~ null Null NULL', NULL),
  ['', NULL],
  ...words('.inf .Inf .INF +.inf +.Inf +.INF', float(Number.POSITIVE_INFINITY)),
  ...words('-.inf -.Inf -.INF', float(Number.NEGATIVE_INFINITY)),
  ...words('.nan .NaN .NAN', float(Number.NaN)),
]);

const LEADING_POINT = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const INTEGER =
  /^(?<sign>[-+]?)(?:0[bB](?<binary>[01]+)|0[oO]?(?<octal>[0-7]+)|0[xX](?<hex>[0-9a-fA-F]+)|(?<decimal>0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SIGN_AFTER_PREFIX = /^0b(?<sign>[-+]?)(?<binary>[01]+)$/;

/**
 * Resolves a plain scalar exactly as Helm 3.17 to 4.3 do. They read YAML 1.1 with Go's own number syntax: `yes` is true,
 * `010` and `0o10` are 8, `08` is 8, `1_000` is 1000, `1e3` is 1000, but `12:30` and `2026-01-01` are strings.
 *
 * @param text the scalar after line folding, without surrounding blanks.
 */
export function resolveScalar(text: string): ResolvedScalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return (LEADING_POINT.test(text) && finite(text.replaceAll('_', ''))) || string(text);
  if (!startsNumber(first)) return string(text);
  const digits = text.replaceAll('_', '');
  return (
    integer(INTEGER.exec(digits)) ??
    decimal(digits) ??
    integer(SIGN_AFTER_PREFIX.exec(digits)) ??
    string(text)
  );
}

function startsNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d;
}

function decimal(digits: string): ResolvedScalar | undefined {
  return FLOAT.test(digits) ? finite(digits) : undefined;
}

function finite(digits: string): ResolvedScalar | undefined {
  const value = Number(digits);
  return Number.isFinite(value) ? { kind: 'float', value, wide: !/[.eE]/.test(digits) } : undefined;
}

/** The integer of a match if it fits 64 bits: signed, or unsigned when there is no sign. */
function integer(match: RegExpExecArray | null): ResolvedScalar | undefined {
  const groups = match?.groups;
  if (groups === undefined) return undefined;
  const magnitude = magnitudeOf(groups);
  if (magnitude === undefined) return undefined;
  if (groups.sign === '-') return magnitude <= 1n << 63n ? { kind: 'int', value: -magnitude } : undefined;
  const limit = groups.sign === '' ? 1n << 64n : 1n << 63n;
  return magnitude < limit ? { kind: 'int', value: magnitude } : undefined;
}

function magnitudeOf(groups: Readonly<Record<string, string | undefined>>): bigint | undefined {
  const { binary, octal, hex, decimal } = groups;
  if (binary !== undefined) return shortEnough(binary, '0b');
  if (octal !== undefined) return shortEnough(octal, '0o');
  if (hex !== undefined) return shortEnough(hex, '0x');
  return shortEnough(decimal ?? '0', '');
}

/** Nothing of more than 64 digits fits 64 bits: no work is spent on numbers a megabyte long. */
function shortEnough(digits: string, prefix: string): bigint | undefined {
  const significant = digits.replace(/^0+(?=.)/, '');
  return significant.length <= 64 ? BigInt(prefix + significant) : undefined;
}

function words(list: string, resolved: ResolvedScalar): [string, ResolvedScalar][] {
  return list.split(' ').map((word) => [word, resolved]);
}

function float(value: number): ResolvedScalar {
  return { kind: 'float', value, wide: false };
}

function string(value: string): ResolvedScalar {
  return { kind: 'string', value };
}
