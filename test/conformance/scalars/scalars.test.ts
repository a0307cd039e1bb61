import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';

import { type HelmVersion, helmVersions } from '../support/helm.ts';
import { seed } from '../support/seed.ts';
import { agreesOrRefuses, countDifferences, differences, sameReading } from './agreement.ts';
import { generatedFiles } from './generated.ts';
import { type Reading, readFilesWithHelm, readWithHelm } from './helm-reading.ts';
import { observedCases } from './observed.ts';
import { readWithUs } from './our-reader.ts';

const observed = observedCases();
const observedFiles = observed.map(({ file }) => file);
const generated = generatedFiles(seed, 20_000);

const folder = mkdtempSync(join(tmpdir(), 'kubebyon-scalars-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readings = new Map<HelmVersion, Promise<readonly Reading[]>>();

/** One pass over the generated files for each Helm, whichever test asks first. */
function generatedReadings(version: HelmVersion): Promise<readonly Reading[]> {
  const known = readings.get(version) ?? readWithHelm(version, generated);
  readings.set(version, known);
  return known;
}

describe('each supported Helm', () => {
  const paths = observed.map(({ file }, i) => {
    const path = join(folder, `${i}.yaml`);
    writeFileSync(path, file);
    return path;
  });

  test.each(helmVersions)('%s reads the observed inputs as observed', async (version) => {
    expect(observed).toHaveLength(564);
    const now = await readFilesWithHelm(version, paths);
    expect(
      differences(
        observedFiles,
        now,
        observed.map(({ helm }) => helm),
      ),
    ).toEqual([]);
  });

  test('reads 20,000 generated scalars as the others do', async () => {
    const [oldest, ...others] = await Promise.all(helmVersions.map(generatedReadings));
    const read = (oldest ?? []).filter((reading) => reading.ok).length;
    expect(read, `seed ${seed}: Helm reads most of the scalars`).toBeGreaterThan(generated.length / 2);
    for (const other of others) {
      expect(differences(generated, oldest ?? [], other), `seed ${seed}`).toEqual([]);
    }
  }, 300_000);
});

describe('the comparison', () => {
  const readByCoreRules = (file: string): Reading => {
    try {
      return { ok: true, values: load(file) };
    } catch {
      return { ok: false };
    }
  };

  test('catches a reader that follows YAML 1.2 where Helm does not', async () => {
    expect(generated).toHaveLength(20_000);
    const core = generated.map(readByCoreRules);
    const helms = await generatedReadings('4.3');
    expect(countDifferences(core, helms, agreesOrRefuses)).toBeGreaterThan(1_000);
  }, 300_000);

  test('holds -0 apart from 0 and a refusal apart from null', () => {
    const reading = (v: unknown): Reading => ({ ok: true, values: { v } });
    expect(sameReading(reading(0), reading(-0))).toBe(false);
    expect(sameReading(reading(null), { ok: false })).toBe(false);
    expect(agreesOrRefuses({ ok: false }, reading(null))).toBe(true);
    expect(agreesOrRefuses(reading(null), { ok: false })).toBe(false);
  });
});

describe('our reader', () => {
  test('reads the observed inputs as Helm does, or refuses them', () => {
    const ours = observed.map(({ file }) => readWithUs(file));
    const helms = observed.map(({ helm }) => helm);
    expect(differences(observedFiles, ours, helms, agreesOrRefuses)).toEqual([]);
  });

  test('reads 20,000 generated scalars as Helm does, or refuses them', async () => {
    const helms = await generatedReadings('4.3');
    const ours = generated.map((text) => readWithUs(Buffer.from(text)));
    expect(differences(generated, ours, helms, agreesOrRefuses), `seed ${seed}`).toEqual([]);
    const [readByUs, readByHelm] = [ours, helms].map((all) => all.filter((reading) => reading.ok).length);
    expect(readByUs, 'refusing everything is no agreement').toBeGreaterThan(0.8 * (readByHelm ?? 0));
  }, 300_000);
});
