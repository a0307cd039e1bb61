import { isRecord } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { checkText, wrongArgument } from '../values/check/wrong-argument.ts';
import { type Definition, fieldsOf } from '../values/definition.ts';
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
  if (!isRecord(release)) throw wrongArgument('release', "a release, as { name: 'kubebyon' }", release);
  checkKeys('release', release, keys);
  for (const [index, key] of keys.entries()) {
    const value = release[key];
    if (typeof value === 'string' || (value === undefined && index > 0)) continue;
    throw wrongArgument(`release.${key}`, index === 0 ? 'a text, as in helm install NAME' : 'a text', value);
  }
}

/** @throws TypeError when it is not what `loadValues` or `valuesFrom` gives. */
export function checkLoaded(loaded: unknown): void {
  if (isLoaded(loaded)) return;
  throw wrongArgument('values', 'what loadValues or valuesFrom gives', loaded);
}

function isLoaded(loaded: unknown): boolean {
  return isRecord(loaded) && isRecord(loaded.values) && Array.isArray(loaded.problems);
}

/** @throws TypeError when a section of the chart, or a value in one, is missing. */
export function checkComplete(values: unknown, definition: Definition): void {
  const expected = 'complete values, as loadValues(...).values';
  if (!isRecord(values)) throw wrongArgument('values', expected, values);
  if (isLoaded(values))
    throw new TypeError(`values: expected ${expected}, found what loadValues gives; pass its .values`);
  const missing = missingIn(definition, values, '');
  if (missing !== undefined) throw new TypeError(`values: expected ${expected}, found none of ${missing}`);
}

/** The path of the first value that is defined and not there. */
function missingIn(definition: Definition, values: unknown, path: string): string | undefined {
  if (definition.kind !== 'group') return undefined;
  for (const [key, field] of fieldsOf(definition)) {
    const below = path === '' ? key : `${path}.${key}`;
    if (!isRecord(values) || !Object.hasOwn(values, key)) return below;
    const missing = missingIn(field, values[key], below);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** @throws TypeError when they are not a list of sources, each with all that belongs to its kind and nothing else. */
export function checkSources(sources: unknown): void {
  if (!Array.isArray(sources))
    throw wrongArgument('sources', "a list, as [{ kind: 'file', name, text }]", sources);
  for (const [index, source] of sources.entries()) checkSource(`sources[${index}]`, source);
}

function checkSource(name: string, source: unknown): void {
  const kind: unknown = isRecord(source) ? source.kind : undefined;
  if (!isRecord(source) || !SOURCE_KINDS.some((known) => known === kind))
    throw wrongArgument(`${name}.kind`, `one of ${SOURCE_KINDS.join(', ')}`, kind);
  if (kind === 'file') {
    checkKeys(name, source, ['kind', 'name', 'text']);
    checkText(`${name}.name`, source.name);
    if (typeof source.text !== 'string' && !(source.text instanceof Uint8Array))
      throw wrongArgument(`${name}.text`, 'a text or bytes', source.text);
    return;
  }
  checkKeys(name, source, ['kind', 'expression', ...(kind === 'set-file' ? ['contents'] : [])]);
  checkText(`${name}.expression`, source.expression);
  if (kind === 'set-file' && !(source.contents instanceof Map))
    throw wrongArgument(`${name}.contents`, 'a Map of texts by path', source.contents);
}

/** @throws TypeError when they are not what is in `render(...).manifests`. */
export function checkManifests(manifests: unknown): void {
  const expected = 'the list of rendered objects';
  if (isRecord(manifests) && Array.isArray(manifests.manifests))
    throw new TypeError(`manifests: expected ${expected}, found what render gives; pass its .manifests`);
  checkList('manifests', expected, manifests, (name, one) => {
    if (!isRecord(one)) throw wrongArgument(name, 'a rendered object', one);
    checkText(`${name}.source`, one.source);
    if (!isRecord(one.manifest)) throw wrongArgument(`${name}.manifest`, 'an object', one.manifest);
  });
}

/** @throws TypeError when they are not a list of problems. */
export function checkProblems(problems: unknown): void {
  checkList('problems', 'a list of problems, as render(...).problems', problems, (name, one) => {
    if (!isRecord(one)) throw wrongArgument(name, 'a problem', one);
  });
}

/** @throws TypeError when it is not a path. */
export function checkPath(name: string, path: unknown): void {
  checkList(name, "a list of keys, as ['api', 'replicas']", path, (place, step) => {
    if (typeof step !== 'number') checkText(place, step);
  });
}

/** @throws TypeError when it is not a field of an object. */
export function checkField(field: unknown): void {
  if (!isRecord(field)) throw wrongArgument('field', 'a field, as { kind, name, path }', field);
  checkKeys('field', field, ['kind', 'namespace', 'name', 'path']);
  checkText('field.kind', field.kind);
  if (field.namespace !== undefined) checkText('field.namespace', field.namespace);
  checkText('field.name', field.name);
  checkPath('field.path', field.path);
}

function checkList(
  name: string,
  expected: string,
  list: unknown,
  check: (name: string, element: unknown) => void,
): void {
  if (!Array.isArray(list)) throw wrongArgument(name, expected, list);
  for (const [index, element] of list.entries()) check(`${name}[${index}]`, element);
}

function checkKeys(name: string, found: object, keys: readonly string[]): void {
  const unknown = Object.keys(found).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  const near = nearest(unknown, keys);
  const hint = near === undefined ? `its keys are ${keys.join(', ')}` : `did you mean ${near}?`;
  throw new TypeError(`${name}: unknown key ${JSON.stringify(unknown)}; ${hint}`);
}
