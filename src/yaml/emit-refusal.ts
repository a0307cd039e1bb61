import { inlineText, keyText } from './emit-scalar.ts';

/**
 * Says why a value cannot be written as YAML and where: the emitter itself keeps no path, so that writing is fast, and
 * asks here once something was refused.
 */
export function explainRefusal(root: unknown, maxDepth: number): string {
  return explain(root, '', [], maxDepth) ?? 'the document: cannot be written as YAML';
}

function explain(
  value: unknown,
  path: string,
  around: readonly object[],
  maxDepth: number,
): string | undefined {
  const where = path === '' ? 'the document' : path;
  switch (typeof value) {
    case 'string':
      return refuses(inlineText, value)
        ? `${where}: text with half a surrogate pair cannot be written as YAML`
        : undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : `${where}: expected a finite number, found ${value}`;
    case 'boolean':
      return undefined;
    case 'object':
      if (value === null) return undefined;
      if (around.includes(value)) return `${where}: this map or list contains itself`;
      if (around.length >= maxDepth)
        return `${where}: maps and lists are nested deeper than ${maxDepth} levels`;
      return explainEntries(value, path, [...around, value], maxDepth);
    default:
      return `${where}: expected JSON-like data, found ${typeof value}`;
  }
}

function explainEntries(
  value: object,
  path: string,
  around: readonly object[],
  maxDepth: number,
): string | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const reason = explain(item, `${path}[${index}]`, around, maxDepth);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }
  const name: unknown = value.constructor?.name;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return `${path === '' ? 'the document' : path}: expected a plain object, found ${String(name)}`;
  }
  for (const [key, entry] of Object.entries(value)) {
    if (refuses(keyText, key)) {
      return `${path === '' ? 'the document' : path}: the key ${JSON.stringify(key.slice(0, 40))}… (${key.length} characters) cannot be written as YAML: keys are well-formed text of at most 1,000 bytes`;
    }
    const reason = explain(entry, path === '' ? key : `${path}.${key}`, around, maxDepth);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function refuses(write: (text: string) => string, text: string): boolean {
  try {
    write(text);
    return false;
  } catch {
    return true;
  }
}
