import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/write-generated.ts';
import { DNS_ADDRESS } from '../../tools/lab/addresses.ts';
import { PLATFORM_NAME } from '../../tools/lab/chart.ts';
import { recordsOf } from '../../tools/lab/clusters.ts';
import { ISSUERS } from '../../tools/lab/issuers.ts';
import { must } from '../../tools/lab/kubelet/objects.ts';
import type { Lab } from '../../tools/lab/lab.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import { type ProgramResult, runProgram } from '../conformance/support/program.ts';
import { toolPath } from '../conformance/support/tools.ts';
import { pageAt } from '../docs/pages.ts';
import { testCertificate } from '../support/certificates.ts';
import { SYSTEM } from '../support/worlds.ts';
import { pointDns } from './looking.ts';
import { hostnamesOf } from './names.ts';
import { entriesOf } from './stage.ts';

const PAGE = 'docs/installing.md';
const NAMES = join(projectRoot, 'test/conformance/support/cluster-names.ts');
const MAIN = join(projectRoot, 'src/cli/main.ts');
const NAMESPACE = `/api/v1/namespaces/${SYSTEM}`;

/** A step is tried again for so long: an operator looks again as well. */
const PATIENCE_MS = 120_000;

/** Does what docs/installing.md says, word for word, with its files; only what differs in a lab is replaced. */
export function followInstalling(lab: () => Lab): void {
  describe(`gets from nothing to a verified installation by ${PAGE}`, () => {
    const steps = pageAt(PAGE).blocks.filter(({ language }) => language === 'sh');
    let folder = '';
    const here = (text: string): string =>
      text
        .replaceAll('1.1.1.1', DNS_ADDRESS)
        .replaceAll('letsencrypt-dns', ISSUERS[0])
        .replace('port: 443', `port: ${lab().apiPort}`);

    beforeAll(async () => {
      const { host } = lab();
      folder = join(dirname(host.kubeconfig), 'new-operator');
      writeFiles(folder, here);
      // The lab has made the namespace and its Secret already.
      await must(host.api, { method: 'DELETE', path: NAMESPACE });
      const isGone = async () => !(await host.api.request({ method: 'GET', path: NAMESPACE })).ok;
      await waitUntil(`${SYSTEM} is gone`, isGone);
      await lab().addTenant(1);
    });
    afterAll(() => lab().setHostnames(2, hostnamesOf(2)));

    const runStep = (text: string): Promise<ProgramResult> =>
      runProgram('/bin/bash', ['-euo', 'pipefail', '-c', here(text)], {
        cwd: folder,
        env: {
          PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
          HOME: folder,
          KUBECONFIG: lab().host.kubeconfig,
        },
        timeout: 280_000,
      });

    test.each(steps.map(({ line, text }) => [line, text.split('\n')[0], text] as const))(
      'line %i: %s',
      async (_line, _command, text) => {
        const isLook = /kubebyon-gateway (?:verify|sync)/.test(text);
        const deadline = performance.now() + PATIENCE_MS;
        let done = await runStep(text);
        while (isLook && !isWell(done) && performance.now() < deadline) done = await runStep(text);
        expect(isWell(done), done.stdout + done.stderr).toBe(true);
        if (text.includes('get gateways')) await setDns(lab());
      },
    );
  });
}

/** A step has come to its end, and, where that is what it tells, nothing is left to write. */
function isWell({ code, stdout }: ProgramResult): boolean {
  return code === 0 && !/^ {2}[+-] (?:apply|delete) /m.test(stdout);
}

async function setDns(lab: Lab): Promise<void> {
  await lab.setRecords(recordsOf(1, hostnamesOf(1)));
  await pointDns(lab, await entriesOf(lab), [1]);
}

/** The files of the page, the certificate that it asks for, and the commands by their names. */
function writeFiles(folder: string, here: (text: string) => string): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const { language, text } of pageAt(PAGE).blocks) {
    const [, name] = /^# (\S+)\n/.exec(text) ?? [];
    if (language === 'yaml' && name !== undefined) writeFileSync(join(folder, name), here(text));
  }
  const { cert, key } = testCertificate([PLATFORM_NAME], 365 * 86_400_000);
  writeFileSync(join(folder, 'tls.crt'), cert);
  writeFileSync(join(folder, 'tls.key'), key, { mode: 0o600 });
  symlinkSync(join(projectRoot, 'charts'), join(folder, 'charts'));
  symlinkSync(toolPath('helm-4.3'), join(folder, 'bin/helm'));
  symlinkSync(toolPath('kubectl'), join(folder, 'bin/kubectl'));
  const script = join(folder, 'bin/kubebyon-gateway');
  writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' --import '${NAMES}' '${MAIN}' "$@"\n`);
  chmodSync(script, 0o755);
}
