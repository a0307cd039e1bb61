import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { valuesOfHelm, withoutPaths } from '../../src/operator/import/index.ts';
import { folderWith } from './support.ts';

const OLD = `USER-SUPPLIED VALUES:
api:
  replicas: 2
  replicaz: 3
ingress:
  enabled: true
web: null
`;

describe('import of values alone', () => {
  test('leaves out what this chart does not have, says where it stood, and writes the rest', async () => {
    const folder = folderWith({ 'old.yaml': OLD });
    const out = join(folder, 'new.yaml');
    const words = ['import', 'r', '--offline', '-f', join(folder, 'old.yaml'), '--out', out];
    const { exitCode, stdout = '' } = await run(words);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('left out api.replicaz (line 4): api has no key "replicaz"\n');
    expect(stdout).toContain('left out ingress (line 5)');
    expect(stdout).toContain('left out web (line 7)');
    expect(readFileSync(out, 'utf8')).toBe('api:\n  replicas: 2\n');
    expect(await run(['import', 'r', '--offline', '-f', out])).toEqual({
      exitCode: 0,
      stdout: 'every value is taken\n',
    });
  });

  test('reads what helm get values prints of a release without values', async () => {
    const folder = folderWith({ 'a.yaml': 'null\n', 'b.yaml': 'USER-SUPPLIED VALUES:\nnull\n' });
    for (const name of ['a.yaml', 'b.yaml'])
      expect(await run(['import', 'r', '--offline', '-f', join(folder, name)])).toMatchObject({
        exitCode: 0,
      });
  });

  test('ends with 1 when what is left has errors', async () => {
    const folder = folderWith({ 'old.yaml': 'api:\n  replicas: many\nold: 1\n' });
    const { exitCode, stderr } = await run(['import', 'r', '--offline', '-f', join(folder, 'old.yaml')]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('old.yaml:2:');
  });

  test('json is what its schema says', async () => {
    const folder = folderWith({ 'old.yaml': OLD });
    const { stdout = '' } = await run([
      'import',
      'r',
      '--offline',
      '-f',
      join(folder, 'old.yaml'),
      '-o',
      'json',
    ]);
    const path = resolve(import.meta.dirname, '../../schemas/import.schema.json');
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    expect(ajv.validate(JSON.parse(readFileSync(path, 'utf8')), JSON.parse(stdout)), ajv.errorsText()).toBe(
      true,
    );
  });
});

test('a heading is taken away where it is one, and nowhere else', () => {
  expect(valuesOfHelm('COMPUTED VALUES:\r\na: 1\n')).toBe('#\na: 1\n');
  expect(valuesOfHelm('a: "USER-SUPPLIED VALUES:"\n')).toBe('a: "USER-SUPPLIED VALUES:"\n');
});

test('values without no path are the values, and without all paths nothing', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const values = fc.dictionary(
    fc.string({ minLength: 1 }),
    fc.oneof(leaf, fc.dictionary(fc.string(), leaf, { minKeys: 1 })),
  );
  fc.assert(
    fc.property(values, (map) => {
      expect(withoutPaths(map, [])).toEqual(map);
      expect(
        Object.keys(
          withoutPaths(
            map,
            Object.keys(map).map((key) => [key]),
          ),
        ),
      ).toEqual([]);
    }),
  );
});
