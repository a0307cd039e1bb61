import { expect, test } from 'vitest';
import { tableOfLeftOpen } from '../traffic/left-open.ts';
import { textOfPage } from './pages.ts';

test('docs/implementations.md has what the lab expects of each implementation', () => {
  expect(textOfPage('docs/implementations.md')).toContain(
    `<!-- left open -->\n${tableOfLeftOpen()}\n<!-- end -->`,
  );
});
