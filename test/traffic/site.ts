import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLATFORM_NAME } from '../../tools/lab/chart.ts';
import { SITE_VARIABLE } from '../../tools/lab/images.ts';
import { ask, type Got } from './ask.ts';
import { untilServed } from './serving.ts';
import type { Stage } from './stage.ts';

const DIST = join(import.meta.dirname, '../../web/dist');

/** The web image behind the entry of the platform: what it serves, and what stays with the API (runbook 6.4). */
export function describeSite(stage: () => Stage): void {
  describe('the web image behind the Gateway of the platform', () => {
    let address = '';
    const asked = (path: string): Promise<Got> =>
      ask({ scheme: 'https', address, host: PLATFORM_NAME, path });

    beforeAll(async () => {
      if (!existsSync(DIST)) throw new Error('web/dist is missing: run `npm ci && npm run build` in web');
      await stage().become({ web: { extraEnv: [{ name: SITE_VARIABLE, value: DIST }] } });
      address = (await stage().entries()).platform;
    });
    afterAll(() => stage().become({}));

    test('gets /, byte for byte as it was built', async () => {
      const built = readFileSync(join(DIST, 'index.html'), 'utf8');
      const question = { scheme: 'https', address, host: PLATFORM_NAME } as const;
      await untilServed('the site', question, ({ page }) => page === built);
    });

    test('gets what stands below /, and addresses of problems', async () => {
      const docs = await asked('/docs/problems.html');
      expect(docs.page).toBe(readFileSync(join(DIST, 'docs/problems.html'), 'utf8'));
      expect(await asked('/problems/UnknownKey')).toMatchObject({
        status: 302,
        location: '/docs/problems.html#UnknownKey',
      });
      expect((await asked('/nothing-here')).status).toBe(404);
    });

    test.each(['/healthz', '/api', '/api/auth/providers'])('leaves %s to the API', async (path) => {
      expect((await asked(path)).answer?.who).toBe('kubebyon-api');
    });
  });
}
