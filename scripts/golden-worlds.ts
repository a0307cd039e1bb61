/** Rewrites golden/worlds from fixtures/worlds; read the difference before you commit it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { goldenPath, goldenText, worldCases } from '../test/support/world-cases.ts';

const cases = worldCases();
rmSync(dirname(goldenPath('x')), { recursive: true, force: true });
mkdirSync(dirname(goldenPath('x')), { recursive: true });
for (const name of cases) writeFileSync(goldenPath(name), goldenText(name));
console.log(`${cases.length} goldens of worlds written`);
