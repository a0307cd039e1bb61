import { describe, expect, test } from 'vitest';
import { filesOf } from '../../src/chart/chart-object.ts';
import { chartNamed } from '../../src/chart/charts.ts';
import { chartFiles } from '../../src/helm/chart-files.ts';
import { defaultValues } from '../../src/index.ts';
import { readDocument } from '../../src/yaml/index.ts';

const versions = { version: '1.10.0', appVersion: '1.10' };

describe.each(['single-node', 'multi-node'] as const)('the %s chart', (name) => {
  const files = chartFiles(name, versions);
  const text = (path: string): string => files.get(path) ?? '';

  test('has a template for every object, named after its source file', () => {
    const expected = filesOf(chartNamed(name)).map(({ file }) => `templates/${file}.yaml`);
    expect([...files.keys()]).toEqual(expect.arrayContaining(expected));
  });

  test('has what a chart needs besides', () => {
    for (const path of [
      'Chart.yaml',
      'values.yaml',
      'values.schema.json',
      'README.md',
      'LICENSE',
      '.helmignore',
      'templates/NOTES.txt',
      'templates/_helpers.tpl',
    ]) {
      expect(text(path), path).not.toBe('');
    }
  });

  test('quotes versions that a reader could take for numbers', () => {
    expect(text('Chart.yaml')).toContain('appVersion: "1.10"\n');
  });

  test('has values that read back as the defaults', () => {
    const read = readDocument(text('values.yaml'), { file: 'values.yaml' });
    expect(read.ok && JSON.parse(JSON.stringify(read.value))).toEqual(defaultValues(name));
  });

  test('never takes values for template text, looks nothing up, and depends on nothing but its input', () => {
    for (const [path, content] of files) {
      if (!path.startsWith('templates/')) continue;
      const called = [...content.matchAll(/(?:\{\{-?|[(|]) *([a-zA-Z]\w*)/g)].map(([, name]) => name ?? '');
      const unwanted = called.filter((call) =>
        /^(tpl|lookup|rand\w*|now|uuidv4|gen\w+|getHostByName|env|expandenv)$/.test(call),
      );
      expect(unwanted, path).toEqual([]);
      expect(content, path).not.toMatch(/\{\{-? with\b/);
    }
  });

  test('begins a conditional template with its condition, so that nothing is printed without it', () => {
    for (const [path, content] of files) {
      if (!path.endsWith('.yaml') || !path.startsWith('templates/') || path.includes('/checks/')) continue;
      expect(content, path).toMatch(/^(\{\{- if |apiVersion: )/);
    }
  });

  test('refuses by every constraint of the library', () => {
    const checks = text('templates/checks/constraints.yaml');
    for (const { code, path } of chartNamed(name).constraints)
      expect(checks).toContain(`error ${code} ${path}: `);
  });

  test('has notes with the commands of every entry', () => {
    const notes = text('templates/NOTES.txt');
    for (const words of [
      'describe gateway',
      'describe httproute',
      'get certificate',
      '/healthz',
      'helm test',
    ]) {
      expect(notes).toContain(words);
    }
  });
});

test('the schema of the values is closed but for global', () => {
  const schema = JSON.parse(chartFiles('multi-node', versions).get('values.schema.json') ?? '');
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties.global.additionalProperties).toBe(true);
});
