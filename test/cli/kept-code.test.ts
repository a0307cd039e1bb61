import { chmodSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepCode, keptCode } from '../../src/cli/kept-code.ts';
import { folderWith } from './support.ts';

const SOURCE = 'run();\n//0123abcd\n';
const CODE = Buffer.from('compiled');

let cache = '';
beforeEach(() => {
  cache = folderWith();
  vi.stubEnv('XDG_CACHE_HOME', cache);
  vi.stubEnv('NODE_DISABLE_COMPILE_CACHE', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function keptFile(): string {
  const folder = join(cache, 'kubebyon-gateway');
  return join(folder, readdirSync(folder)[0] ?? '');
}

describe('kept code', () => {
  test('is read again for the same command and source', () => {
    keepCode('render', SOURCE, CODE);
    expect(keptCode('render', SOURCE)).toEqual(CODE);
    expect(keptCode('validate', SOURCE)).toBeUndefined();
  });

  test('can be read and written by its owner only', () => {
    keepCode('render', SOURCE, CODE);
    expect(statSync(keptFile()).mode & 0o777).toBe(0o600);
    expect(statSync(join(cache, 'kubebyon-gateway')).mode & 0o777).toBe(0o700);
  });

  test('of another source of the same length is not used', () => {
    keepCode('render', SOURCE, CODE);
    expect(keptCode('render', SOURCE.replace('abcd', 'abce'))).toBeUndefined();
  });

  test.each([0o620, 0o602])('that others can write (%o) is not used', (mode) => {
    keepCode('render', SOURCE, CODE);
    chmodSync(keptFile(), mode);
    expect(keptCode('render', SOURCE)).toBeUndefined();
  });

  test('that was cut or lengthened is not used', () => {
    keepCode('render', SOURCE, CODE);
    const whole = readFileSync(keptFile());
    for (let length = 0; length < whole.length; length += 1) {
      truncateSync(keptFile(), length);
      expect(keptCode('render', SOURCE)).toBeUndefined();
      writeFileSync(keptFile(), whole);
    }
    writeFileSync(keptFile(), Buffer.concat([whole, CODE]));
    expect(keptCode('render', SOURCE)).toBeUndefined();
  });

  test('is replaced, and leaves no draft behind', () => {
    keepCode('render', SOURCE, CODE);
    keepCode('render', SOURCE, Buffer.from('newer'));
    expect(keptCode('render', SOURCE)).toEqual(Buffer.from('newer'));
    expect(readdirSync(join(cache, 'kubebyon-gateway'))).toHaveLength(1);
  });

  test('is not kept where NODE_DISABLE_COMPILE_CACHE is set', () => {
    vi.stubEnv('NODE_DISABLE_COMPILE_CACHE', '1');
    keepCode('render', SOURCE, CODE);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('that cannot be written is no error', () => {
    vi.stubEnv('XDG_CACHE_HOME', '/dev/null');
    keepCode('render', SOURCE, CODE);
    expect(keptCode('render', SOURCE)).toBeUndefined();
  });
});
