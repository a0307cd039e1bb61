import { type DataMap, isDataMap } from '../template/index.ts';
import { isRecord } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { foundText } from '../values/check/words.ts';
import { SOURCE_KINDS } from '../values/load/index.ts';

/*
 * What a caller without types, or with a cast, gets wrong: one error that names the argument. What is wrong with values is
 * never thrown; it is among the problems.
 */

/**
 * @param keys of a release; the first is needed.
 * @throws TypeError when it is not a release. Whether its texts suit Kubernetes is for the constraints.
 */
export function checkRelease(release: unknown, keys: readonly string[]): void {
  if (!isRecord(release)) throw wrong('release', "a release, as { name: 'kubebyon' }", release);
  const unknown = Object.keys(release).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const near = nearest(unknown, keys);
    const hint = near === undefined ? `its keys are ${keys.join(', ')}` : `did you mean ${near}?`;
    throw new TypeError(`release: unknown key ${JSON.stringify(unknown)}; ${hint}`);
  }
  for (const [index, key] of keys.entries()) {
    const value = release[key];
    if (typeof value === 'string' || (value === undefined && index > 0)) continue;
    throw wrong(`release.${key}`, index === 0 ? 'a text, as in helm install NAME' : 'a text', value);
  }
}

/** @throws TypeError when it is not what `loadValues` or `valuesFrom` gives. */
export function checkLoaded(loaded: unknown): void {
  if (isRecord(loaded) && isRecord(loaded.values) && Array.isArray(loaded.problems)) return;
  throw wrong('values', 'what loadValues or valuesFrom gives', loaded);
}

/** @throws TypeError when they are not a list of sources. */
export function checkSources(sources: unknown): void {
  if (!Array.isArray(sources)) throw wrong('sources', "a list, as [{ kind: 'file', name, text }]", sources);
  for (const [index, source] of sources.entries()) {
    const kind: unknown = isRecord(source) ? source.kind : undefined;
    if (!SOURCE_KINDS.some((known) => known === kind))
      throw wrong(`sources[${index}].kind`, `one of ${SOURCE_KINDS.join(', ')}`, kind);
  }
}

/** @throws TypeError when it is not a map. What is in it is not looked at. */
export function dataMap(name: string, value: unknown): DataMap {
  if (isDataMap(value)) return value;
  throw wrong(name, 'a map', value);
}

/** @throws TypeError when it is not a text. */
export function checkText(name: string, text: unknown): void {
  if (typeof text !== 'string') throw wrong(name, 'a text', text);
}

function wrong(name: string, expected: string, value: unknown): TypeError {
  const found = value === undefined ? 'nothing' : foundText(value);
  return new TypeError(`${name}: expected ${expected}, found ${found}`);
}
