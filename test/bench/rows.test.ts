import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { titlesIn, withFigures } from '../../bench/report.ts';
import { PART_NAMES, TITLES } from '../../bench/rows.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');

describe('docs/performance.md', () => {
  test('has a figure, or that there is none, for every row of the benchmark', () => {
    expect(titlesIn(page)).toEqual(TITLES);
  });

  test('says of every row what it measures', () => {
    const [, table = ''] = page.split('| row | work |\n');
    const described = table.split('\n\n')[0]?.split('\n').slice(1) ?? [];
    expect(described.map((line) => line.split(' | ')[0]?.slice(2))).toEqual(TITLES);
  });

  test('names every part', () => {
    const [, text = ''] = page.split('measures one part:');
    const named = [...(text.split('.')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named).toEqual(PART_NAMES);
  });
});

test('writing the figures of one part leaves those of the others, and rows that are no more go', () => {
  const marked = page.replace(
    '| JSON.stringify of the objects |',
    '| a row of long ago | 1 | 2 | 3 |  |\n$&',
  );
  expect(titlesIn(marked)).toContain('a row of long ago');
  const row = { what: 'emit alone', figure: '1.23 µs', relation: '1x' };
  const written = withFigures(marked, [row], 'a machine');
  expect(titlesIn(written)).toEqual(TITLES);
  expect(written).toContain('| emit alone | 1.23 µs | 1x |  |  |');
  const others = (text: string) =>
    text
      .split('\n')
      .filter((line) => TITLES.some((title) => title !== 'emit alone' && line.startsWith(`| ${title} |`)));
  expect(others(written)).toEqual(others(page));
});
