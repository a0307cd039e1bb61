/**
 * Server-side apply on plain objects: field sets, ownership per manager, list maps by key. The rules are those of
 * structured-merge-diff as the Gateway API CRDs use them: `spec.listeners` is a map by name, every other list atomic.
 */
export type FieldSet = ReadonlySet<string>;
type Json = Record<string, unknown>;

const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListMap = (path: readonly string[]): boolean =>
  path.length === 2 && path[0] === 'f:spec' && path[1] === 'f:listeners';

/** Paths of all leaves, each as a JSON array of `f:` and `k:` steps. */
export function fieldsOf(value: unknown, path: readonly string[] = []): string[] {
  if (isMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, child]) => fieldsOf(child, [...path, `f:${key}`]));
  }
  if (Array.isArray(value) && isListMap(path)) {
    return value.flatMap((item) => fieldsOf(item, [...path, entryKey(item)]));
  }
  return [JSON.stringify(path)];
}

function entryKey(item: unknown): string {
  return `k:${JSON.stringify({ name: isMap(item) ? item.name : '' })}`;
}

export function readField(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, step) => {
    if (step.startsWith('k:'))
      return Array.isArray(node) ? node.find((item) => entryKey(item) === step) : undefined;
    return isMap(node) && Object.hasOwn(node, step.slice(2)) ? node[step.slice(2)] : undefined;
  }, value);
}

/** A copy with one field set; missing parents are made. */
export function writeField(value: unknown, path: readonly string[], leaf: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return leaf;
  if (step.startsWith('k:')) {
    const list = Array.isArray(value) ? value : [];
    const at = list.findIndex((item) => entryKey(item) === step);
    const item = writeField(at < 0 ? JSON.parse(step.slice(2)) : list[at], rest, leaf);
    return at < 0 ? [...list, item] : list.map((other, index) => (index === at ? item : other));
  }
  const map = isMap(value) ? value : {};
  return { ...map, [step.slice(2)]: writeField(map[step.slice(2)], rest, leaf) };
}

/** A copy without one field; parents and list entries that become empty go too. */
export function removeField(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (step.startsWith('k:')) {
    if (!Array.isArray(value)) return value;
    return value.flatMap((item) => {
      if (entryKey(item) !== step) return [item];
      const smaller = removeField(item, rest);
      return isMap(smaller) && Object.keys(smaller).length > 0 ? [smaller] : [];
    });
  }
  if (!isMap(value)) return value;
  const { [step.slice(2)]: child, ...others } = value;
  const smaller = removeField(child, rest);
  const empty = smaller === undefined || (isMap(smaller) && Object.keys(smaller).length === 0);
  return empty ? others : { ...others, [step.slice(2)]: smaller };
}

/** Whether a path is the key field of an entry of a list map. */
export function isEntryKey(field: string): boolean {
  const path = JSON.parse(field) as string[];
  return path.at(-1) === 'f:name' && path.at(-2)?.startsWith('k:') === true;
}

/** A field set as managedFields show it. */
export function fieldsV1(fields: Iterable<string>): Json {
  const root: Json = {};
  for (const text of fields) {
    let node = root;
    for (const step of JSON.parse(text) as string[]) {
      const next = node[step];
      const child: Json = isMap(next) ? next : {};
      node[step] = child;
      node = child;
    }
  }
  return root;
}
