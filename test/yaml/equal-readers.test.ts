import { CORE_SCHEMA, load, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { emitDocument, emitDocuments, readDocument, readDocuments } from '../../src/yaml/index.ts';
import { atLength } from '../support/at-length.ts';
import { HOSTILE_STRINGS, randomMap, seededRandom } from '../support/random-data.ts';
import { sameData } from '../support/same-data.ts';

const SEED = 20261123;

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'js-yaml, core schema': (text) => load(text, { schema: CORE_SCHEMA }),
  'js-yaml, YAML 1.1 schema': (text) => load(text, { schema: YAML11_SCHEMA }),
  'yaml, version 1.1': (text) => parse(text, { version: '1.1', logLevel: 'error' }),
  'yaml, version 1.2': (text) => parse(text, { version: '1.2', logLevel: 'error' }),
  'the reader of values files': (text) => {
    const read = readDocument(text, { file: 'values.yaml' });
    return read.ok ? read.value : read.problems;
  },
  'the reader of manifests': (text) => {
    const read = readDocuments(text, { file: 'manifests.yaml' });
    return read.ok ? read.documents[0] : read.problems;
  },
};

describe('what the emitter writes is the same data to every reader', () => {
  test.each(Object.keys(READERS))('every hostile string as a value, a key and a list item: %s', (name) => {
    const read = READERS[name];
    for (const text of HOSTILE_STRINGS) {
      const keyed = text.length > 300 ? {} : { [text]: { [text]: 1 } };
      const data = { before: 1, text, nested: { list: [text, [text, { text }]], ...keyed }, after: 2 };
      expect(read?.(emitDocument(data)), JSON.stringify(text)).toEqual(data);
    }
  });

  const documents = atLength(1_500, 10_000);
  test(`${documents} random documents (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    for (let run = 0; run < documents; run++) {
      // The marker keeps the document from being empty, and shows when one value swallows the next.
      const data = { ...randomMap(random, 3), 'zz-marker': run };
      const text = emitDocument(data);
      for (const [name, read] of Object.entries(READERS)) {
        if (!sameData(read(text), data)) {
          expect.fail(`${name} reads other data (seed ${SEED}, run ${run}) from ${JSON.stringify(text)}`);
        }
      }
    }
  });

  test('a stream has as many documents as were written, whatever their strings hold', () => {
    const random = seededRandom(SEED + 1);
    const values = Array.from({ length: 200 }, (_, index) => ({ index, ...randomMap(random, 2) }));
    const stream = emitDocuments(
      values.map((value) => ({ value, comment: 'Source: chart/templates/x.yaml' })),
    );
    expect(loadAll(stream)).toEqual(values);
    expect(parseAllDocuments(stream, { logLevel: 'error' }).map((document) => document.toJS())).toEqual(
      values,
    );
    const read = readDocuments(stream, { file: 'stream.yaml' });
    expect(read.ok && read.documents.map((document) => structuredClone(document))).toEqual(values);
  });

  test('integers beyond 2^53-1 are read everywhere but in values files, where they are refused', () => {
    const data = { wide: 1e20, wider: -123456789012345680000 };
    for (const [name, read] of Object.entries(READERS)) {
      if (name !== 'the reader of values files') expect(read(emitDocument(data)), name).toEqual(data);
    }
    const read = readDocument(emitDocument(data), { file: 'values.yaml' });
    expect(read.ok || read.problems.map(({ code, line }) => ({ code, line }))).toEqual([
      { code: 'IntegerTooLarge', line: 1 },
      { code: 'IntegerTooLarge', line: 2 },
    ]);
  });

  test('the order of keys is kept', () => {
    const data = { zulu: 1, alpha: { y: 1, x: 2 }, mike: [{ b: 1, a: 2 }] };
    const read = readDocument(emitDocument(data), { file: 'values.yaml' });
    expect(read.ok && JSON.stringify(read.value)).toBe(JSON.stringify(data));
  });
});
