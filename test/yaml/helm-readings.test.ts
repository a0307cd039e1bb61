import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/yaml/index.ts';
import { sameData } from '../support/same-data.ts';
import readings from './helm-readings.json' with { type: 'json' };

// Files and what sigs.k8s.io/yaml 1.6.0, the reader inside Helm, makes of each: JSON, or null for an error. The first 559
// try every form of scalar and key, the others are random YAML, whole and broken. Helm 3 stops at the first document.

describe('a file is read as Helm reads it, or refused', () => {
  test('every recorded file', () => {
    for (const [source, reading] of recorded()) {
      const read = readDocument(source, { file: 'values.yaml' });
      if (!read.ok) continue;
      expect(reading, `read although Helm refuses it: ${JSON.stringify(source)}`).not.toBeNull();
      const helm: unknown = parseReading(reading);
      if (!sameData(read.value, helm ?? {})) {
        expect.fail(`${JSON.stringify(source)}: Helm reads ${reading}, found ${JSON.stringify(read.value)}`);
      }
    }
  });

  test('what Helm reads is seldom refused', () => {
    const good = recorded().filter(([, reading]) => reading !== null);
    const read = good.filter(([source]) => readDocument(source, { file: 'values.yaml' }).ok);
    expect(good.length).toBeGreaterThan(1_000);
    expect(read.length / good.length).toBeGreaterThan(0.7);
  });
});

function recorded(): [string, string | null][] {
  return readings.map(([source, reading]) => [source ?? '', reading ?? null]);
}

/** Go writes `-0` for negative zero, which is what JSON.parse reads; integers beyond 2^53 it rounds as JSON.parse does. */
function parseReading(reading: string | null): unknown {
  return reading === null ? null : JSON.parse(reading);
}
