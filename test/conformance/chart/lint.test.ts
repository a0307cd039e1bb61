import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goldenOf, readCases } from '../../support/cases.ts';
import { helm, helmVersions } from '../support/helm.ts';
import { inParallel } from '../support/parallel.ts';
import { chartFolder, ownFolder, writeFiles } from './chart-folder.ts';
import { KUBE_VERSION } from './helm-jobs.ts';

const cases = readCases().filter((each) => goldenOf(each) !== undefined);

test.each(helmVersions)(
  'Helm %s lints both charts strictly with the values of every golden',
  async (version) => {
    const complaints = await inParallel(cases, async ({ chart, name, values, release }) => {
      const { version: chartVersion, appVersion } = release;
      const folder = chartFolder(chart, {
        ...(chartVersion === undefined ? {} : { version: chartVersion }),
        ...(appVersion === undefined ? {} : { appVersion }),
      });
      const file = join('values', chart, `${name}.yaml`);
      writeFiles(ownFolder(), [[file, values]]);
      const { code, stdout, stderr } = await helm(version, [
        ...['lint', '--strict', folder, '-f', join(ownFolder(), file), '--kube-version', KUBE_VERSION],
        ...['--namespace', release.namespace],
      ]);
      const notes = stdout
        .split('\n')
        .filter((line) => /^\[(?!INFO\] Chart.yaml: icon is recommended)/.test(line));
      return code === 0 && notes.length === 0 ? [] : [`${chart} ${name}: ${stdout}${stderr}`];
    });
    expect(complaints.flat()).toEqual([]);
  },
  300_000,
);
