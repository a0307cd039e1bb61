import { expect, test } from 'vitest';
import { currentDrift, generatedFiles } from '../scripts/generate.ts';
import { driftOf } from '../scripts/write-generated.ts';

test('every generated file is current; "npm run generate" rewrites them', async () => {
  expect(await currentDrift(await generatedFiles())).toEqual([]);
});

test('a file that is missing or differs by a byte is drift', async () => {
  const files = new Map([
    ['LICENSE', 'something else'],
    ['no/such/file', ''],
  ]);
  expect(await driftOf(files)).toEqual(['LICENSE', 'no/such/file']);
});
