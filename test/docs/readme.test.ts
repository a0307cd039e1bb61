import { describe, expect, test } from 'vitest';
import type { CodeBlock } from './markdown.ts';
import { pageAt } from './pages.ts';

const readme = pageAt('README.md');
const chinese = pageAt('README.zh-CN.md');

describe('the Chinese README', () => {
  test('has the headings of the English one', () => {
    expect(chinese.headings.map(({ level }) => level)).toEqual(readme.headings.map(({ level }) => level));
  });

  test('has the same examples', () => {
    const plain = ({ language, text }: CodeBlock) => `${language}\n${text}`;
    expect(chinese.blocks.map(plain)).toEqual(readme.blocks.map(plain));
  });

  test('links to the same files, and each to the other', () => {
    expect(chinese.links.filter((link) => link !== 'README.md')).toEqual(
      readme.links.filter((link) => link !== 'README.zh-CN.md'),
    );
    expect(chinese.links[0]).toBe('README.md');
    expect(readme.links[0]).toBe('README.zh-CN.md');
  });
});
