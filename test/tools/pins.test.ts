import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { toolNames, tools } from '../../tools/catalog.ts';
import { goBuildArguments } from '../../tools/lib/go-command.ts';
import { goRelease, moduleFolder, versionInGoMod, versionOf } from '../../tools/lib/pins.ts';

test('a version is found in a go.mod whether it is required directly, indirectly or alone', () => {
  const goMod =
    'module x\n\ngo 1.26.0\n\nrequire a.test/one v1.2.3\n\nrequire (\n\ta.test/two v0.1.0 // indirect\n)\n';
  expect(versionInGoMod(goMod, 'a.test/one')).toBe('v1.2.3');
  expect(versionInGoMod(goMod, 'a.test/two')).toBe('v0.1.0');
  expect(() => versionInGoMod(goMod, 'a.test/three')).toThrow('no version of a.test/three in go.mod');
  expect(goRelease(goMod)).toBe('1.26.0');
});

describe('the pinned versions are the supported ones', () => {
  test.each([
    ['helm-3.17', '3.17.4'],
    ['helm-batch-3.17', '3.17.4'],
    ['helm-3.22', '3.22.0'],
    ['helm-batch-3.22', '3.22.0'],
    ['helm-4.3', '4.3.1'],
    ['helm-batch-4.3', '4.3.1'],
    ['kube-apiserver', '1.36.3'],
    ['kubectl', '1.36.3'],
  ] as const)('%s is %s', (name, version) => {
    expect(versionOf(tools[name].recipe)).toBe(version);
  });
});

test('every program built from source has its module sums beside its pins', () => {
  const modules = toolNames.flatMap((name) => {
    const { recipe } = tools[name];
    return recipe.kind === 'go' ? [recipe.module] : [];
  });
  for (const module of modules) expect(existsSync(join(moduleFolder(module), 'go.sum')), module).toBe(true);
});

test('a batch renderer is linked with the same variables as its helm command', () => {
  for (const version of ['3.17', '3.22', '4.3'] as const) {
    const [command, batch] = [tools[`helm-${version}`], tools[`helm-batch-${version}`]].map(({ recipe }) =>
      goBuildArguments(recipe, 'out').slice(0, 3),
    );
    expect(batch).toEqual(command);
  }
});
