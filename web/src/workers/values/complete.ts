import { jsonSchema } from '../../../../src/index.ts';
import type { ChartName, CompletionOption } from './protocol.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
}

const schemas = new Map<ChartName, Schema>();

function schemaOf(chart: ChartName): Schema {
  const known = schemas.get(chart) ?? (jsonSchema(chart) as Schema);
  schemas.set(chart, known);
  return known;
}

/** What may be written at a path: the keys below it, or its values. */
export function completionsAt(
  chart: ChartName,
  path: readonly string[],
  what: 'keys' | 'values',
): readonly CompletionOption[] {
  const root = schemaOf(chart);
  const schema = path.reduce<Schema | undefined>((at, step) => below(root, at, step), root);
  if (schema === undefined) return [];
  const at = resolved(root, schema);
  if (what === 'values') return valuesOf(at, schema);
  return Object.entries(at.properties ?? {}).map(([key, property]) => {
    const target = resolved(root, property);
    return {
      label: key,
      detail: detailOf(target, property),
      info: property.description ?? target.description ?? '',
      isSection: target.properties !== undefined || typeOf(target) === 'object',
    };
  });
}

function below(root: Schema, schema: Schema | undefined, step: string): Schema | undefined {
  if (schema === undefined) return undefined;
  const at = resolved(root, schema);
  if (/^\d+$/.test(step) && at.items !== undefined) return at.items;
  const { properties } = at;
  return properties !== undefined && Object.hasOwn(properties, step) ? properties[step] : undefined;
}

function resolved(root: Schema, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  const target = name === undefined ? undefined : root.definitions?.[name];
  const found = target === undefined ? schema : resolved(root, target);
  const alternative =
    found.properties === undefined && found.items === undefined ? found.anyOf?.[0] : undefined;
  return alternative === undefined ? found : resolved(root, alternative);
}

function valuesOf(schema: Schema, outer: Schema): readonly CompletionOption[] {
  const fallback = outer.default ?? schema.default;
  const choices = schema.enum ?? (typeOf(schema) === 'boolean' ? [true, false] : []);
  const info = outer.description ?? schema.description ?? '';
  const all =
    choices.length > 0 || fallback === undefined || typeof fallback === 'object' ? choices : [fallback];
  return all.map((choice) => ({
    label: choice === '' ? '""' : String(choice),
    detail: choice === fallback ? 'default' : '',
    info,
    isSection: false,
  }));
}

function detailOf(target: Schema, property: Schema): string {
  const fallback = property.default ?? target.default;
  if (fallback !== undefined && typeof fallback !== 'object') return JSON.stringify(fallback);
  return typeOf(target) ?? '';
}

function typeOf({ type }: Schema): string | undefined {
  return typeof type === 'string' ? type : type?.find((one) => one !== 'null');
}
