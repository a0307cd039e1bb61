import { expect, test } from 'vitest';
import { pathAt, placeAt } from '../src/editor/yaml-path.ts';

const text = [
  'gatewayAPI:',
  '  # about the platform: its name',
  '  platform:',
  '',
  '    hostname: api.example.com # a name: two',
  '    "quoted key": 1',
  'api:',
  '  extraEnv:',
  '    - name: A',
  '      value: b',
  '  rep',
];
const lineAt = (line: number) => text[line - 1] ?? '';

test.each([
  [1, ['gatewayAPI']],
  [5, ['gatewayAPI', 'platform', 'hostname']],
  [6, ['gatewayAPI', 'platform', 'quoted key']],
  [9, ['api', 'extraEnv', 'name']],
  [10, ['api', 'extraEnv', 'value']],
  [11, ['api']],
])('line %i of values stands at its path', (line, path) => {
  expect(pathAt(lineAt, line)).toEqual(path);
});

test('a key that is being written is known, and stands in the section around it', () => {
  expect(placeAt(lineAt, 11)).toEqual({ parents: ['api'], key: 'rep', hasColon: false });
});
