import { describe, expect, test } from 'vitest';
import { readCases } from '../../support/cases.ts';
import { helmVersions } from '../support/helm.ts';
import { compareAll } from './compare.ts';
import { file } from './helm-jobs.ts';
import { LIBRARY_ONLY } from './outcome.ts';

const cases = readCases();

describe.each(helmVersions)('Helm %s', (version) => {
  test('renders the objects of every golden in the same order, and refuses what must be refused', async () => {
    const { kinds, differences } = await compareAll(
      version,
      cases.map(({ chart, name, values, release }) => ({ chart, name, sources: [file(values)], release })),
    );
    expect(differences).toEqual([]);
    expect(kinds.objects).toBe(
      cases.filter(
        ({ problems }) =>
          !problems.some(({ severity, code }) => severity === 'error' && !LIBRARY_ONLY.has(code)),
      ).length,
    );
    expect(kinds.schema).toBeGreaterThan(3);
    expect(kinds.constraints).toBeGreaterThan(20);
  }, 300_000);
});
