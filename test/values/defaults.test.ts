import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultValues, jsonSchema, loadValues, valuesFrom } from '../../src/index.ts';
import { CHARTS } from '../support/objects.ts';
import { dig } from '../support/rules/dig.ts';

const file = new URL('../fixtures/default-values.yaml', import.meta.url);
const documented: unknown = parse(readFileSync(file, 'utf8'), { version: '1.1', merge: true });

/** The documented defaults of a chart. */
function documentedFor(chart: string): unknown {
  if (chart === 'multi-node') return documented;
  const { worker: _worker, ...rest } = documented as Record<string, unknown>;
  return rest;
}

describe.each(CHARTS)('the defaults of %s', (chart) => {
  test('are those documented, key for key', () => {
    expect(defaultValues(chart)).toEqual(documentedFor(chart));
  });

  test('are valid, written out or left out', () => {
    expect(valuesFrom(chart, {}).problems).toEqual([]);
    expect(valuesFrom(chart, defaultValues(chart)).problems).toEqual([]);
    expect(loadValues(chart, []).values).toEqual(documentedFor(chart));
  });

  test('stand in the schema, which is closed but for global', () => {
    const schema = jsonSchema(chart);
    expect(dig(schema, 'additionalProperties')).toBe(false);
    expect(dig(schema, 'properties', 'gatewayAPI', 'properties', 'addressMode', 'default')).toBe('dual');
    expect(dig(schema, 'properties', 'global', 'additionalProperties')).toBe(true);
  });
});

describe('bounds', () => {
  const problemsOf = (values: Parameters<typeof valuesFrom>[1]) =>
    valuesFrom('multi-node', values).problems.map(({ code, path }) => `${code} ${path}`);

  test.each([
    ['gatewayAPI.syncIntervalSeconds', 1, 3600],
    ['gatewayAPI.workload.podCIDRRoute.staleAfterSeconds', 30, 3600],
    ['gatewayAPI.workload.podCIDRRoute.commandTimeoutSeconds', 1, 30],
    ['gatewayAPI.workload.podCIDRRoute.syncIntervalSeconds', 2, 300],
    ['routeAgent.protocol', 20, 252],
    ['api.service.port', 1, 65535],
    ['web.service.port', 1, 65535],
  ])('%s is from %i to %i', (path, minimum, maximum) => {
    const at = (value: number) =>
      path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Parameters<
        typeof valuesFrom
      >[1];
    expect(problemsOf(at(minimum))).toEqual([]);
    expect(problemsOf(at(maximum))).toEqual([]);
    expect(problemsOf(at(minimum - 1))).toEqual([`OutOfRange ${path}`]);
    expect(problemsOf(at(maximum + 1))).toEqual([`OutOfRange ${path}`]);
    expect(problemsOf(at(minimum + 0.5))).toEqual([`WrongType ${path}`]);
  });
});
