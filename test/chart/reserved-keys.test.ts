import { describe, expect, test } from 'vitest';
import { chartNamed } from '../../src/chart/charts.ts';
import { render, valuesFrom } from '../../src/index.ts';
import { type Entries, isSlot, SLOT } from '../../src/template/index.ts';
import type { PlainMap, PlainValue } from '../../src/values/load/plain.ts';
import { CHARTS } from '../support/objects.ts';

/** A key that a map of a template has by itself, and a map of the values whose entries it takes over as well. */
interface Meeting {
  readonly key: string;
  readonly path: readonly string[];
}

/** Every own key of every map of a template against every map of values that it can meet. */
function meetingsIn(template: unknown, seen = new Set<unknown>()): readonly Meeting[] {
  if (typeof template !== 'object' || template === null || seen.has(template)) return [];
  seen.add(template);
  const here = isSlot(template) && template[SLOT] === 'entries' ? meetingsOf(template) : [];
  return [...here, ...Object.values(template).flatMap((part) => meetingsIn(part, seen))];
}

function meetingsOf(entries: Entries): readonly Meeting[] {
  const paths = entries.maps.flatMap((node) => (node.kind === 'value' ? [node.path] : []));
  return ownKeys(entries).flatMap((key) => paths.map((path) => ({ key, path })));
}

function ownKeys({ own, shared }: Entries): readonly string[] {
  return [...Object.keys(own), ...(shared === undefined ? [] : ownKeys(shared.entries))];
}

function nested(path: readonly string[], value: PlainValue): PlainMap {
  const [first = '', ...rest] = path;
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
}

describe.each(CHARTS)('in the %s chart', (chart) => {
  const meetings = chartNamed(chart).objects.flatMap(({ template }) => meetingsIn(template));
  const distinct = [...new Map(meetings.map((one) => [JSON.stringify(one), one])).values()];

  test('maps of values meet keys that the chart sets itself', () => {
    expect(distinct.length).toBeGreaterThan(5);
    expect(distinct).toContainEqual({ key: 'checksum/haproxy', path: ['api', 'podAnnotations'] });
  });

  test.each(distinct.map(({ key, path }) => [path.join('.'), key] as const))(
    '%s may not repeat %s: Helm would write it twice',
    (path, key) => {
      const values = valuesFrom(chart, nested(path.split('.'), { [key]: 'x' }));
      const { problems } = render(values, { name: 'kubebyon' });
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.map((one) => one.path)).toEqual([path]);
      expect(errors[0]?.code).toMatch(/^Reserved(Key|Label|Annotation)$/);
    },
  );
});
