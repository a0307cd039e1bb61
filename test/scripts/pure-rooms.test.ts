import { describe, expect, test } from 'vitest';
import { globalsIn } from '../../scripts/rooms/globals.ts';
import { stateIn } from '../../scripts/rooms/state.ts';
import { showViolation, violationsIn } from '../../scripts/rooms/violations.ts';

function linesFor(file: string, text: string): readonly string[] {
  return violationsIn(file, text, []).map(showViolation);
}

function globalNames(text: string): readonly string[] {
  return globalsIn(text).map(({ name }) => name);
}

function stateNames(text: string): readonly string[] {
  return stateIn(text).map(({ name }) => name);
}

describe('Node, clocks and randomness in a pure room', () => {
  test.each([
    ['process.exit(1);', 'process'],
    ["const a = Buffer.from('a');", 'Buffer'],
    ['setTimeout(() => {}, 1);', 'setTimeout'],
    ['setInterval(() => {}, 1);', 'setInterval'],
    ['setImmediate(() => {});', 'setImmediate'],
    ['queueMicrotask(() => {});', 'queueMicrotask'],
    ['const a = __dirname;', '__dirname'],
    ["const a = require('a');", 'require'],
    ['global.a = 1;', 'global'],
    ['const a = globalThis.process;', 'globalThis'],
    ['const a = Date.now();', 'Date.now'],
    ['const a = new Date();', 'new Date()'],
    ['const a = Date();', 'Date'],
    ['const { now } = Date;', 'Date'],
    ["const a = Date['now']();", 'Date'],
    ['const a = Math.random();', 'Math.random'],
    ['const { random } = Math;', 'Math'],
    ['const a = performance.now();', 'performance'],
    ['const a = crypto.randomUUID();', 'crypto'],
    ['const a = import.meta.dirname;', 'import.meta'],
    ['const a = { process };', 'process'],
    ['export { process };', 'process'],
    ['const a = (b = process) => b;', 'process'],
    ['const a = process as unknown;', 'process'],
    ['{ const process = 1; } process.exit();', 'process'],
  ])('%s', (text, name) => {
    expect(globalNames(text)).toEqual([name]);
  });

  test.each([
    'function a(process: number) { return process; }',
    'const a = (process: number) => process + 1;',
    'const a = ({ process }: B) => process;',
    'const a = ([process, ...global]: B) => process + global;',
    'function a() { const process = 1; return () => process; }',
    'function a() { if (b) { var process = 1; } return process; }',
    "import { process } from './process.ts'; process();",
    "import * as crypto from './crypto.ts'; crypto.hash();",
    'try { a(); } catch (process) { b(process); }',
    'for (const process of list) a(process);',
    'class Buffer {} new Buffer();',
    'const a = b.process.global;',
    'const a = { process: 1, global() {} };',
    'type A = typeof process; const a = (b: Buffer): Date => b;',
    "// process.exit()\nconst a = 'Date.now()';",
    'const a = new Date(b).toISOString();',
    'const a = Date.parse(b) + Date.UTC(2026, 1) + Math.max(1, 2);',
    'const a = b instanceof Date;',
    "export { process } from './process.ts';",
  ])('are not in: %s', (text) => {
    expect(globalNames(text)).toEqual([]);
  });

  test('are reported with file and line', () => {
    expect(linesFor('src/planner/world/a.ts', 'const a = 1;\nexport const b = Date.now() + a;')).toEqual([
      'src/planner/world/a.ts:2: src/planner uses Date.now; a pure room has no Node, no clock and no randomness',
    ]);
  });

  test('are allowed where Node is', () => {
    const text = 'let a = Date.now(); process.exit(a);';
    for (const file of ['src/cli/main.ts', 'src/kube/a.ts', 'src/controller/a.ts', 'src/node.ts']) {
      expect(linesFor(file, text)).toEqual([]);
    }
  });
});

describe('state of a module', () => {
  test.each([
    'let a = 1;',
    'export let a: number;',
    'var a = 1;',
    'const a = new WeakMap<object, string>();',
    'const a = new WeakSet();',
    'const a = new Map(); export function b() { a.set(1, 2); }',
    'const a = new Set(); const b = () => { a.add(1); };',
    'const a = new Array(); const b = () => { a.push(1); };',
    'const a: string[] = []; const b = () => { a.push(1); };',
    'const a = [1]; const b = () => { a[0] = 2; };',
    'const a = [1]; const b = () => a.sort();',
    'const a = { b: 1 }; const c = () => { a.b = 2; };',
    'const a = { b: 1 }; const c = () => { a.b++; };',
    'const a = { b: [1] }; const c = () => { a.b.push(2); };',
    'const a = { b: 1 }; const c = () => { delete a.b; };',
    'const a = { b: 1 }; const c = () => Object.assign(a, { b: 2 });',
    'const a = { b: 1 }; const c = () => { (a as B).b = 2; };',
    'const a = /b/y; const c = () => { a.lastIndex = 0; };',
    "import { a } from './a.ts'; const b = () => { a.set(1, 2); };",
    'function a() {} const b = () => { a.count = 1; };',
    'const a = new Map(); const b = () => remember(a, 1);',
    'export const a = new Map([[1, 2]]);',
    'const a = new Set(); const b = () => ({ c: a });',
    'function a() { const b = new Map(); return (c) => { b.set(c, 1); }; }',
    'const a = (make) => { const b = new Map(); return (c) => { b.set(c, make(c)); }; };',
  ])('%s', (text) => {
    expect(stateNames(text)).toEqual(['a']);
  });

  test.each([
    'const a: ReadonlyMap<string, number> = new Map([[1, 2]]); export const b = () => a.get(1);',
    'export const a: ReadonlySet<string> = new Set(); f(a);',
    'const a: readonly string[] = new Array(3); f(a);',
    'const a = new Map([[1, 2]]); export const b = (c) => a.get(c) ?? [...a.keys()];',
    'const a = new Set([1]); export const b = () => new Set(a);',
    'export const a = [1, 2]; export const b = () => a.map(f).sort();',
    'export const a = { b: 1 }; export const c = () => Object.assign({}, a);',
    'const a = 1; function b() { let a = []; a.push(1); a = []; return a; }',
    'const a = [1]; const b = (a) => { a.push(1); };',
    'function a() { const b = new Map(); b.set(1, 2); return b; }',
    'function a(list) { const b = new Set(); list.map((c) => b.add(c)); return [...b]; }',
    'declare let a: number;',
  ])('is not in: %s', (text) => {
    expect(stateNames(text)).toEqual([]);
  });

  test('is reported with file and line', () => {
    expect(linesFor('src/values/a.ts', '\nconst known = new WeakMap();\nlet count = 0;')).toEqual([
      "src/values/a.ts:2: known is a module's WeakMap; a pure room keeps no state",
      "src/values/a.ts:3: count is a module's let; a pure room keeps no state",
    ]);
  });

  test('is left to generated code', () => {
    expect(linesFor('src/generated/a.js', 'function a() { a.errors = null; }')).toEqual([]);
  });
});
