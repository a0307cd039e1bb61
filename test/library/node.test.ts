import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadValues } from '../../src/index.ts';
import { readValuesFiles } from '../../src/node.ts';

describe('reading values files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'values-'));
    writeFileSync(join(folder, 'first.yaml'), 'api: {replicas: 2}\nweb: {replicas: 2}\n');
    writeFileSync(join(folder, 'second.yaml'), 'api: {replicas: 3}\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('keeps their order, so that later files win', async () => {
    const sources = await readValuesFiles(['first.yaml', 'second.yaml'].map((name) => join(folder, name)));
    expect(loadValues('single-node', sources).values).toMatchObject({
      api: { replicas: 3 },
      web: { replicas: 2 },
    });
  });

  test('problems name the file as it was given', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, 'api: {replicas: many}\n');
    expect(loadValues('single-node', await readValuesFiles([file])).problems).toMatchObject([
      { file, line: 1 },
    ]);
  });

  test('a file that is not there is an error that names it', async () => {
    await expect(readValuesFiles([join(folder, 'none.yaml')])).rejects.toThrow('none.yaml');
  });
});
