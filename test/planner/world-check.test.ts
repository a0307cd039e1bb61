import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { checkWorld, formatPath } from '../../src/planner/index.ts';
import { worldSchema } from '../../src/planner/world/definition/world-schema.ts';
import { isRecord } from '../../src/planner/world/json.ts';
import { fullWorld } from '../support/full-world.ts';

const schema = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(worldSchema());

/** What the schema itself says of a document, in the words of paths. */
function pathsBySchema(document: unknown): readonly string[] {
  if (schema(document)) return [];
  return (schema.errors ?? []).map(({ instancePath, keyword, params }) => {
    const steps = instancePath
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return [...steps, ...(keyword === 'additionalProperties' ? [params.additionalProperty] : [])].join(' ');
  });
}

function problemsOf(document: unknown) {
  const checked = checkWorld(document);
  return checked.ok ? [] : checked.problems;
}

type Steps = readonly (string | number)[];

function placesIn(data: unknown, path: Steps = []): readonly Steps[] {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(data)
    ? data.map((item, index) => [index, item] as const)
    : isRecord(data)
      ? Object.entries(data)
      : [];
  return [path, ...entries.flatMap(([key, value]) => placesIn(value, [...path, key]))];
}

/** The same document with another value at a place; nothing there when the value is undefined. */
function changed(data: unknown, [step, ...rest]: Steps, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data))
    return data.map((item, index) => (index === step ? changed(item, rest, value) : item));
  if (!isRecord(data)) return data;
  const entries = Object.entries(data).map(([key, item]) => [
    key,
    key === step ? changed(item, rest, value) : item,
  ]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

describe('the check of a world', () => {
  test('finds what its schema finds, whatever stands at whatever place', () => {
    const places = placesIn(fullWorld);
    expect(places.length).toBeGreaterThan(150);
    for (const place of places) {
      for (const value of [undefined, null, true, -1, 'x\u0000', 'x'.repeat(300), [{}], { 'a/~': {} }]) {
        const document = changed(fullWorld, place, value);
        const own = problemsOf(document).map(({ path }) => path.join(' '));
        expect(own.toSorted(), `${formatPath(place)}: ${JSON.stringify(value)}`).toEqual(
          pathsBySchema(document).toSorted(),
        );
      }
    }
  });

  test.each<readonly [Steps, unknown, string]>([
    [['kind'], 'Earth', 'must be "World"'],
    [['now'], 'yesterday', 'must match pattern "^[0-9]{4}-'],
    [['inventory'], undefined, 'the field inventory is missing'],
    [['inventory', 'complete'], 'yes', 'must be boolean'],
    [['inventory', 'baseDomain'], `${'a'.repeat(200)}.test`, 'must have at most 200 characters'],
    [['probes', 'c-1', 0, 'port'], 0, 'must be at least 1'],
    [['probes', 'c-1', 0, 'port'], 65_536, 'must be at most 65535'],
    [['probes', 'c-1', 0, 'result'], 'maybe', 'must be one of ok, refused, timeout'],
    [['probes', 'c-1', 0], { extra: 1 }, 'no such field'],
  ])('says what is expected at %j instead of %j', (path, value, message) => {
    const messages = problemsOf(changed(fullWorld, path, value)).map((problem) => problem.message);
    expect(messages.join('\n')).toContain(message);
  });
});
