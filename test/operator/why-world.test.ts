import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { folderWith } from '../cli/support.ts';
import { worldDocument } from '../support/world-cases.ts';

/** The file of a World in which all is settled, changed as text. */
function worldFile(change: (text: string) => string = (text) => text): string {
  const text = change(JSON.stringify(worldDocument('all-settled')));
  return join(folderWith({ 'world.json': text }), 'world.json');
}

async function chainOf(file: string): Promise<readonly string[]> {
  const { stdout = '', stderr = '' } = await run(['why', 'app.customer.test', '--world', file]);
  expect(stderr).toBe('');
  return stdout.split('\n');
}

test('a World tells the chain of a hostname: who asks for it, DNS, listener, certificate, routes, endpoints', async () => {
  const lines = await chainOf(worldFile());
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ok +HostnameOwner app\.customer\.test: EdgeCluster vc-1\/c-1$/),
      expect.stringMatching(/^ok +HostnameDNS app\.customer\.test: 203\.0\.113\.9$/),
      expect.stringMatching(/^ok +HostnameListener listener kb-app-customer-test-/),
      expect.stringMatching(
        /^ok +HostnameCertificate Secret kubebyon-system\/kb-app-customer-test-.*: it covers the name/,
      ),
      expect.stringMatching(/^ok +HostnameEndpoints Service vc-1\/.* by nodeport$/),
    ]),
  );
});

test('a hostname that nobody asks for breaks at its owner', async () => {
  const { exitCode, stdout } = await run(['why', 'nobody.test', '--world', worldFile()]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('nobody.test: the first broken link is HostnameOwner, nobody.test\n');
});

test('a file that is no World is refused, and plan is named, which tells more', async () => {
  const outcome = await run(['why', 'a.test', '--world', worldFile(() => '{}')]);
  expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('kubebyon-gateway plan') });
});
