import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRooms } from '../../scripts/check-rooms.ts';
import { importsIn } from '../../scripts/rooms/imports.ts';
import { showViolation, violationsIn } from '../../scripts/rooms/violations.ts';
import { projectRoot } from '../../scripts/write-generated.ts';

const DEPENDENCIES = ['@noble/hashes', 'js-yaml', 'lodash'];

function linesFor(file: string, text: string): readonly string[] {
  return violationsIn(file, text, DEPENDENCIES).map(showViolation);
}

test('the sources of this project keep to their rooms', async () => {
  expect((await checkRooms(projectRoot)).map(showViolation)).toEqual([]);
});

test('a project with a broken rule is reported with file and line', async () => {
  const root = await mkdtemp(join(tmpdir(), 'rooms-'));
  try {
    await writeIn(root, 'package.json', JSON.stringify({ dependencies: { lodash: '4.18.1' } }));
    await writeIn(
      root,
      'src/yaml/emit.ts',
      "import x from 'lodash/isEqual.js';\nimport '../chart/chart.ts';\n",
    );
    await writeIn(root, 'src/chart/chart.ts', 'export const chart = 1;\n');
    expect((await checkRooms(root, [])).map(showViolation)).toEqual([
      'src/yaml/emit.ts:2: src/yaml imports ../chart/chart.ts; it may import nothing of ours',
    ]);
  } finally {
    await rm(root, { recursive: true });
  }
});

async function writeIn(root: string, path: string, text: string): Promise<void> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
}

/** File, import, and whether the rule of the room allows it. */
const between: readonly (readonly [string, string, boolean])[] = [
  ['src/text/bounded-name.ts', './hash.ts', true],
  ['src/text/bounded-name.ts', '../contract/labels.ts', false],
  ['src/contract/labels.ts', '../text/hash.ts', true],
  ['src/contract/labels.ts', '../template/index.ts', false],
  ['src/yaml/read.ts', '../contract/labels.ts', false],
  ['src/template/evaluate.ts', '../text/bounded-name.ts', true],
  ['src/template/evaluate.ts', '../contract/labels.ts', false],
  ['src/template/evaluate.ts', '../values/names.ts', false],
  ['src/values/names.ts', '../template/index.ts', true],
  ['src/values/names.ts', '../generated/values-validators.js', true],
  ['src/values/load/layer.ts', '../../yaml/index.ts', false],
  ['src/values/names.ts', '../chart/chart.ts', false],
  ['src/chart/web-service.ts', '../values/names.ts', true],
  ['src/chart/web-service.ts', '../yaml/index.ts', false],
  ['src/library/render.ts', '../chart/chart.ts', true],
  ['src/library/render.ts', '../helm/chart-files.ts', false],
  ['src/helm/chart-files.ts', '../library/render.ts', true],
  ['src/helm/chart-files.ts', '../planner/index.ts', false],
  ['src/planner/index.ts', '../contract/labels.ts', true],
  ['src/planner/index.ts', '../generated/world-validator.js', true],
  ['src/planner/index.ts', '../yaml/index.ts', false],
  ['src/planner/index.ts', '../kube/client.ts', false],
  ['src/kube/client.ts', '../text/hash.ts', true],
  ['src/kube/client.ts', '../contract/labels.ts', false],
  ['src/controller/loop.ts', '../planner/index.ts', true],
  ['src/controller/loop.ts', '../kube/client.ts', true],
  ['src/controller/loop.ts', '../chart/chart.ts', false],
  ['src/route-agent/loop.ts', '../planner/index.ts', false],
  ['src/route-agent/loop.ts', '../process/server.ts', true],
  ['src/process/server.ts', '../controller/index.ts', false],
  ['src/route-agent/loop.ts', '../kube/client.ts', true],
  ['src/route-agent/loop.ts', '../controller/loop.ts', false],
  ['src/operator/verify.ts', '../values/names.ts', true],
  ['src/operator/verify.ts', '../planner/index.ts', true],
  ['src/operator/verify.ts', '../kube/client.ts', false],
  ['src/generated/license.js', '../text/hash.ts', false],
  ['src/generated/license.d.ts', '../text/hash.ts', false],
  ['src/generated/license.js', './world-validator.js', true],
  ['src/template/evaluate.ts', '../generated/license.js', false],
  ['src/index.ts', './library/render.ts', true],
  ['src/index.ts', './cli/main.ts', false],
  ['src/index.ts', './generated/license.js', false],
  ['src/library/render.ts', '../index.ts', false],
  ['src/cli/commands/render.ts', '../../index.ts', true],
  ['src/cli/commands/plan.ts', '../../planner/index.ts', true],
  ['src/cli/commands/verify.ts', '../../operator/verify.ts', true],
];

test.each(between)('%s imports %s: %s', (file, specifier, isAllowed) => {
  expect(linesFor(file, `import { a } from '${specifier}';`).length).toBe(isAllowed ? 0 : 1);
});

describe('every way to import is seen', () => {
  test.each([
    "import { a } from '../chart/chart.ts';",
    "import type { A } from '../chart/chart.ts';",
    "import '../chart/chart.ts';",
    "export { a } from '../chart/chart.ts';",
    "export * from '../chart/chart.ts';",
    "export const a = await import('../chart/chart.ts');",
    "export type A = import('../chart/chart.ts').A;",
    'export const a = await import(`../chart/chart.ts`);',
    "export const a = await import('../' + name);",
  ])('%s', (text) => {
    expect(linesFor('src/yaml/emit.ts', `// first line\n${text}`)).toEqual([
      expect.stringMatching(/^src\/yaml\/emit\.ts:2: src\/yaml imports /),
    ]);
  });

  test('also in the middle of a function, and not in a comment or a text', () => {
    expect(
      importsIn("/* import 'a' */\nconst text = \"import 'b'\";\nasync () => { await import('c'); };"),
    ).toEqual([{ specifier: 'c', line: 3, names: ['*'], isTypeOnly: false }]);
  });
});

describe("Node's own modules", () => {
  test.each(['node:fs', 'fs', 'node:path/posix'])(
    '%s is for the command line and the loader entry',
    (module) => {
      const text = `import { a } from '${module}';`;
      expect(linesFor('src/cli/main.ts', text)).toEqual([]);
      expect(linesFor('src/node.ts', text)).toEqual([]);
      expect(linesFor('src/library/render.ts', text)).toEqual([
        `src/library/render.ts:1: src/library imports ${module}; only src/kube, src/process, src/controller, src/route-agent, src/cli, src/node.ts may use Node's own modules`,
      ]);
    },
  );

  test('what talks to a cluster may use them', () => {
    for (const room of ['kube', 'controller', 'route-agent']) {
      expect(linesFor(`src/${room}/a.ts`, "import { request } from 'node:https';")).toEqual([]);
    }
  });

  test('a planner that reads files is refused', () => {
    expect(linesFor('src/planner/index.ts', "import { readFileSync } from 'node:fs';").length).toBe(1);
  });
});

describe('packages', () => {
  test('what is installed with the package may be imported', () => {
    expect(linesFor('src/text/hash.ts', "import { sha256 } from '@noble/hashes/sha2.js';")).toEqual([]);
  });

  test('a development dependency may not', () => {
    expect(linesFor('src/values/check.ts', "import { Ajv } from 'ajv/dist/core.js';")).toEqual([
      'src/values/check.ts:1: src/values imports ajv/dist/core.js; the package installs only @noble/hashes, js-yaml, lodash',
    ]);
  });

  test.each([
    'kubernetes-models/v1/Pod',
    '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway',
  ])('%s gives types and nothing else', (module) => {
    expect(linesFor('src/chart/a.ts', `import type { A } from '${module}';`)).toEqual([]);
    expect(linesFor('src/chart/a.ts', `import { type A } from '${module}';`).length).toBe(1);
    expect(linesFor('src/chart/a.ts', `import { A } from '${module}';`)).toEqual([
      `src/chart/a.ts:1: src/chart imports ${module}; only "import type" of it: a render must not load it`,
    ]);
  });
});

describe('definitions of objects', () => {
  test.each([
    "import { evaluate } from '../template/index.ts';",
    "import { printTemplate } from '../template/index.ts';",
    "import { helper } from '../template/print-helpers.ts';",
    "import * as template from '../template/index.ts';",
  ])('do not use an interpreter: %s', (text) => {
    expect(linesFor('src/chart/a.ts', text)).toEqual([
      expect.stringContaining('a definition may not evaluate or print'),
    ]);
  });

  test('use the language itself', () => {
    expect(linesFor('src/chart/a.ts', "import { when } from '../template/index.ts';")).toEqual([]);
  });
});

test('the template language does not know the product', () => {
  expect(linesFor('src/template/a.ts', "export const a = 1;\nexport const b = 'kubeBYON-api';")).toEqual([
    'src/template/a.ts:2: src/template mentions kubeBYON; the template language is of no product',
  ]);
});

test('a file in no room is refused', () => {
  expect(linesFor('src/misc/a.ts', '')).toEqual([
    expect.stringMatching(/^src\/misc\/a\.ts:1: is in no room; src holds text, contract, /),
  ]);
});
