import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ResourceSet } from '../../tools/catalog.ts';
import { makeProcessFolder } from '../../tools/lib/process-folder.ts';
import { isUpToDate, placeOf, takeIn } from '../../tools/lib/stamps.ts';

let output: string;
beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), 'kubebyon-tools-'));
});
afterEach(() => rmSync(output, { recursive: true, force: true }));

const recipe: ResourceSet = {
  kind: 'resources',
  module: 'a.test/set',
  version: 'v1.0.0',
  sum: 'h1:x=',
  folder: 'crd',
};

/** A finished set with one file, ready to be taken in. */
function finishedSet(text: string): string {
  const folder = join(makeProcessFolder(join(output, 'making')).path, 'set');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.yaml'), text);
  return folder;
}

test('a tool that was taken in is up to date, and one that was not is not', () => {
  expect(isUpToDate(output, 'set', recipe)).toBe(false);
  takeIn(output, 'set', recipe, finishedSet('one'));
  expect(isUpToDate(output, 'set', recipe)).toBe(true);
});

test('another pin makes a tool out of date, and taking it in replaces all of it', () => {
  takeIn(output, 'set', recipe, finishedSet('one'));
  const newer = { ...recipe, version: 'v1.0.1' };
  expect(isUpToDate(output, 'set', newer)).toBe(false);
  takeIn(output, 'set', newer, finishedSet('two'));
  expect(isUpToDate(output, 'set', newer)).toBe(true);
  expect(isUpToDate(output, 'set', recipe)).toBe(false);
  expect(readFileSync(join(placeOf(output, 'set', newer), 'a.yaml'), 'utf8')).toBe('two');
});

test('a tool whose taking in was cut short has no stamp, whatever it was before', () => {
  takeIn(output, 'set', recipe, finishedSet('one'));
  const gone = join(output, 'never-finished');
  expect(() => takeIn(output, 'set', { ...recipe, version: 'v1.0.1' }, gone)).toThrow();
  expect(isUpToDate(output, 'set', recipe)).toBe(false);
  expect(isUpToDate(output, 'set', { ...recipe, version: 'v1.0.1' })).toBe(false);
});

test('a removed tool is not up to date although its stamp is there', () => {
  takeIn(output, 'set', recipe, finishedSet('one'));
  rmSync(placeOf(output, 'set', recipe), { recursive: true });
  expect(isUpToDate(output, 'set', recipe)).toBe(false);
});

test('folders of processes that are gone are removed, folders of running ones stay', () => {
  const parent = join(output, 'making');
  const running = join(parent, `${process.pid}-x`);
  const gone = join(parent, '2147483646-x'); // above the largest process id
  mkdirSync(running, { recursive: true });
  mkdirSync(gone, { recursive: true });
  const mine = makeProcessFolder(parent);
  expect([running, gone, mine.path].map((path) => existsSync(path))).toEqual([true, false, true]);
  mine.remove();
  expect(existsSync(mine.path)).toBe(false);
});
