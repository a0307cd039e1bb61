import { expect, test } from 'vitest';
import { modulesOfRender, modulesOfStart } from '../../scripts/bundle-command-line.ts';

test('a start loads nothing for sync: no connections, no processes, no packages', async () => {
  expect([...(await modulesOfStart())].sort()).toEqual(['node:fs', 'node:path']);
});

test('a render without problems evaluates no definition of an object, a name or a rule', async () => {
  const modules = await modulesOfRender();
  expect(modules).toContain('src/values/chart-definition.ts');
  expect(modules.filter((path) => path.startsWith('src/chart/'))).toEqual([
    'src/chart/chart-object.ts',
    'src/chart/charts.ts',
    'src/chart/pods.ts',
  ]);
  expect(modules).not.toContain('src/values/names.ts');
  expect(modules.filter((path) => path.startsWith('src/values/constraints/'))).toEqual([]);
});
