import { dig, digEntries, digList } from './dig.ts';

/**
 * What the API server has against the OpenAPI schema of a CustomResourceDefinition beyond its own schema. Source:
 * Kubernetes docs, "Specifying a structural schema", "Merge strategy", and "Resource use by CEL" (bounds).
 */
export function structuralProblems(definition: unknown): readonly string[] {
  return digList(definition, 'spec', 'versions').flatMap((version) =>
    nodeProblems(dig(version, 'schema', 'openAPIV3Schema'), 'schema', true),
  );
}

const TYPES: readonly unknown[] = ['object', 'array', 'string', 'integer', 'number', 'boolean'];

function nodeProblems(node: unknown, path: string, isRoot: boolean): readonly string[] {
  const problems: string[] = [];
  const type = dig(node, 'type');
  if (!TYPES.includes(type)) problems.push(`${path}: no type`);
  for (const keyword of ['$ref', 'uniqueItems', 'definitions', 'dependencies', 'patternProperties', 'id']) {
    if (dig(node, keyword) !== undefined) problems.push(`${path}: ${keyword}`);
  }
  if (dig(node, 'properties') !== undefined && dig(node, 'additionalProperties') !== undefined)
    problems.push(`${path}: properties and additionalProperties`);
  for (const name of digList(node, 'required')) {
    if (dig(node, 'properties', String(name)) === undefined)
      problems.push(`${path}: requires unknown ${String(name)}`);
  }
  if (type === 'array') problems.push(...arrayProblems(node, path));
  if (type === 'string' && !isRoot && !isBounded(node) && !path.startsWith('schema.metadata'))
    problems.push(`${path}: a text without bound`);
  for (const [name, property] of digEntries(node, 'properties'))
    problems.push(...nodeProblems(property, `${path}.${name}`, isRoot && TYPE_META.has(name)));
  const values = dig(node, 'additionalProperties');
  if (typeof values === 'object') {
    if (dig(node, 'maxProperties') === undefined) problems.push(`${path}: a map without bound`);
    problems.push(...nodeProblems(values, `${path}.*`, false));
  }
  return problems;
}

/** The texts that every object has; the API server bounds them itself. */
const TYPE_META: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

function isBounded(node: unknown): boolean {
  return ['maxLength', 'enum', 'format'].some((keyword) => dig(node, keyword) !== undefined);
}

function arrayProblems(node: unknown, path: string): readonly string[] {
  const problems = [...nodeProblems(dig(node, 'items'), `${path}[]`, false)];
  if (dig(node, 'maxItems') === undefined) problems.push(`${path}: a list without bound`);
  if (dig(node, 'x-kubernetes-list-type') !== 'map') return problems;
  for (const key of digList(node, 'x-kubernetes-list-map-keys')) {
    const property = dig(node, 'items', 'properties', String(key));
    const isRequired = digList(node, 'items', 'required').includes(key);
    if (property === undefined || !(isRequired || dig(property, 'default') !== undefined))
      problems.push(`${path}: the list key ${String(key)} is not required`);
  }
  return problems;
}
