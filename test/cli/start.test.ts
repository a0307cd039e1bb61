import { expect, test } from 'vitest';
import { modulesOfStart } from '../../scripts/bundle-command-line.ts';

test('a start loads nothing for sync: no connections, no processes, no packages', async () => {
  expect([...(await modulesOfStart())].sort()).toEqual(['node:fs', 'node:path']);
});
