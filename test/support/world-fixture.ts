import { get, isRecord, type JsonRecord } from '../../src/planner/world/json.ts';
import { nearest } from '../../src/text/nearest.ts';
import { mapWithDifference } from './world-difference.ts';

/** The documents of fixtures/world-bases, by name. */
export type WorldBases = ReadonlyMap<string, unknown>;

/** Where a base stands, as errors name it. */
export function basePath(name: string): string {
  return `fixtures/world-bases/${name}.yaml`;
}

/**
 * The whole world of a fixture. Its document names a base and says what differs from it; a base may name a base in turn, and
 * one that names none is a whole world. `envOf` takes the environment of another base before the difference applies.
 *
 * Throws an error that names file and place when the document does not fit its base.
 */
export function resolveWorld(file: string, document: unknown, bases: WorldBases): JsonRecord {
  return resolve(file, document, bases, []);
}

/** `through` are the bases on the way here, in order. */
function resolve(file: string, document: unknown, bases: WorldBases, through: readonly string[]): JsonRecord {
  if (!isRecord(document)) throw new Error(`${file}: expected a map; begin with "base: <name>"`);
  const { base: name, envOf, ...difference } = document;
  if (name === undefined) return difference;
  const base = resolveBase(file, 'base', name, bases, through);
  const origin =
    envOf === undefined
      ? base
      : { ...base, env: get(resolveBase(file, 'envOf', envOf, bases, through), 'env') };
  return Object.keys(difference).length === 0
    ? origin
    : mapWithDifference(origin, difference, { file, base: String(name) });
}

function resolveBase(
  file: string,
  key: string,
  name: unknown,
  bases: WorldBases,
  through: readonly string[],
): JsonRecord {
  const document = typeof name === 'string' ? bases.get(name) : undefined;
  if (typeof name !== 'string' || document === undefined) {
    const meant = nearest(String(name), [...bases.keys()]);
    const hint = meant === undefined ? `bases: ${[...bases.keys()].join(', ')}` : `did you mean ${meant}?`;
    throw new Error(`${file}: ${key}: there is no base "${name}"; ${hint}`);
  }
  if (through.includes(name)) {
    const circle = [...through.slice(through.indexOf(name)), name].join(' -> ');
    throw new Error(`${file}: ${key}: bases go in a circle, ${circle}; let one of them be a whole world`);
  }
  return resolve(basePath(name), document, bases, [...through, name]);
}
