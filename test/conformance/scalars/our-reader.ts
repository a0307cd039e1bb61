import { readDocument } from '../../../src/yaml/index.ts';
import type { Reading } from './helm-reading.ts';

/** Our reader of values files, under the same contract as Helm's reading. */
export function readWithUs(file: string | Uint8Array): Reading {
  const read = readDocument(file, { file: 'values.yaml' });
  return read.ok ? { ok: true, values: withPrototypes(read.value) } : { ok: false };
}

/** A copy with ordinary maps, as JSON gives them: those of the reader have no prototype. */
function withPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withPrototypes);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPrototypes(item)]));
}
