import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {
  EdgeClusterInput,
  EdgeWorkloadInput,
  HostnameBinding,
  Probe,
  TenantService,
} from '../../src/planner/index.ts';
import { checkWorld } from '../../src/planner/index.ts';
import { isRecord, recordOf, textsOf } from '../../src/planner/world/json.ts';
import { fullWorld } from '../support/full-world.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/world.schema.json'), 'utf8'));

/** What a `$ref` of the schema stands for. */
function resolved(node: unknown): Readonly<Record<string, unknown>> {
  const { $ref: reference, ...rest } = recordOf(node);
  if (typeof reference !== 'string') return rest;
  return resolved(recordOf(schema.$defs)[reference.replace('#/$defs/', '')]);
}

/** Every field that the schema names, with `*` for the keys of a map and the elements of a list. */
function fieldsOfSchema(node: unknown, path = ''): readonly string[] {
  const { properties, items, additionalProperties } = resolved(node);
  const below = [
    ...Object.entries(recordOf(properties)),
    ...(isRecord(additionalProperties) ? [['*', additionalProperties] as const] : []),
    ...(items === undefined ? [] : [['*', items] as const]),
  ];
  return below.flatMap(([key, inner]) => [`${path}.${key}`, ...fieldsOfSchema(inner, `${path}.${key}`)]);
}

/** Every field of a document that follows the schema, written in the same way. */
function fieldsOfData(data: unknown, node: unknown, path = ''): readonly string[] {
  const { properties, items, additionalProperties } = resolved(node);
  const named = recordOf(properties);
  const elements = Array.isArray(data) ? data.map((item) => ['*', item, items] as const) : [];
  const entries = Object.entries(recordOf(data)).map(([key, value]) =>
    Object.hasOwn(named, key) || !isRecord(additionalProperties)
      ? ([key, value, named[key]] as const)
      : (['*', value, additionalProperties] as const),
  );
  return [...elements, ...entries].flatMap(([name, value, inner]) => [
    `${path}.${name}`,
    ...fieldsOfData(value, inner, `${path}.${name}`),
  ]);
}

test('a world with every field of the type has every field of the schema, and is a world', () => {
  expect(checkWorld(fullWorld)).toEqual({ ok: true, world: fullWorld });
  expect(new Set(fieldsOfData(fullWorld, schema))).toEqual(new Set(fieldsOfSchema(schema)));
});

type Words<T extends string | undefined> = Readonly<Record<Exclude<T, undefined>, true>>;

/** Every word of every choice: a word more or fewer than the type has does not compile. */
const choices: Readonly<Record<string, Readonly<Record<string, true>>>> = {
  'binding.management': { auto: true, platform: true, self: true } satisfies Words<
    HostnameBinding['management']
  >,
  'cluster.controlPlane.nodeAccess': { SNIOnly: true, L4: true, Proxy: true } satisfies Words<
    NonNullable<EdgeClusterInput['controlPlane']>['nodeAccess']
  >,
  'cluster.workload.topology': { privateNodes: true, sharedNodes: true } satisfies Words<
    EdgeWorkloadInput['topology']
  >,
  'probe.result': { ok: true, refused: true, timeout: true } satisfies Words<Probe['result']>,
  'tenant.services.*.ipFamilies.*': { IPv4: true, IPv6: true } satisfies Words<
    NonNullable<TenantService['ipFamilies']>[number]
  >,
  'tenant.services.*.externalTrafficPolicy': { Cluster: true, Local: true } satisfies Words<
    TenantService['externalTrafficPolicy']
  >,
};

/** Every choice that the schema names, by where it stands below its definition. */
function choicesOfSchema(node: unknown, path: string): readonly (readonly [string, readonly string[]])[] {
  const { properties, items, enum: words } = recordOf(node);
  return [
    ...(words === undefined ? [] : [[path, textsOf(words)] as const]),
    ...Object.entries(recordOf(properties)).flatMap(([key, inner]) =>
      choicesOfSchema(inner, `${path}.${key}`),
    ),
    ...(items === undefined ? [] : choicesOfSchema(items, `${path}.*`)),
  ];
}

test('every choice of the schema has the words of the type', () => {
  const found = Object.entries(recordOf(schema.$defs)).flatMap(([name, definition]) =>
    choicesOfSchema(definition, name),
  );
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries(Object.entries(choices).map(([path, words]) => [path, Object.keys(words)])),
  );
});
