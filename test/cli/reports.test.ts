import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { junitText } from '../../src/cli/text/junit-text.ts';
import { sarifText } from '../../src/cli/text/sarif-text.ts';
import type { Problem } from '../../src/index.ts';
import { sarifSchema, uriFormats } from './sarif-schema.ts';
import { folderWith } from './support.ts';

const error: Problem = {
  severity: 'error',
  code: 'UnknownKey',
  path: 'api.replcas',
  message: 'api has no key "replcas"',
  hint: 'did you mean api.replicas?',
  file: 'values of mine.yaml',
  line: 2,
  column: 3,
};
const warning: Problem = {
  ...error,
  severity: 'warning',
  code: 'ValueUnread',
  file: '--set a=b',
  line: null,
  column: null,
};

const TAG = /<\/?[a-z]+(?: [a-z]+="(?:[^"<>&]|&(?:amp|lt|gt|quot|apos);)*")*>/g;

/** What XML 1.0 lets a document hold outside of tags. */
const TEXT = /^(?:[^<>&\p{Cc}\ufffe\uffff]|\n|&(?:amp|lt|gt|quot|apos);)*$/u;

function isWellFormed(xml: string): boolean {
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>', '');
  const open: string[] = [];
  for (const [tag] of body.matchAll(TAG)) {
    const name = /[a-z]+/.exec(tag)?.[0] ?? '';
    if (!tag.startsWith('</')) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && TEXT.test(body.replace(TAG, ''));
}

describe('problems as JUnit XML', () => {
  test('are a failed test for each error and a skipped one for each warning', () => {
    const xml = junitText([error, warning], 'multi-node r');
    expect(xml).toContain('<testsuites tests="2" failures="1" skipped="1">');
    expect(xml).toContain(
      'name="UnknownKey api.replcas values of mine.yaml:2:3"><failure type="UnknownKey" message="api has no key &quot;replcas&quot;">hint: did you mean api.replicas?</failure>',
    );
    expect(xml).toContain('<skipped message=');
  });

  test('are one test that passed where nothing is wrong', () => {
    expect(junitText([], 'r')).toContain('<testcase classname="r" name="values"></testcase>');
  });

  test('are well-formed whatever values hold', () => {
    expect(isWellFormed('<a b="<"></a>')).toBe(false);
    expect(isWellFormed('<a>&</a>')).toBe(false);
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']]>', '<!--', '&amp;', '"', '\u0000', '\ufffe', '\ud800'),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, message, hint) => {
        expect(isWellFormed(junitText([{ ...error, path, message, hint }], path))).toBe(true);
      }),
    );
  });
});

describe('problems as SARIF', () => {
  const read = (problems: readonly Problem[], root?: string) => JSON.parse(sarifText(problems, root)).runs[0];

  test('name their rule, their level and their place in the repository', () => {
    const { tool, results } = read([error]);
    expect(tool.driver.rules).toEqual([{ id: 'UnknownKey' }]);
    expect(results).toEqual([
      {
        ruleId: 'UnknownKey',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'api.replcas: api has no key "replcas"\nhint: did you mean api.replicas?' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'values%20of%20mine.yaml' },
              region: { startLine: 2, startColumn: 3 },
            },
          },
        ],
      },
    ]);
  });

  test('of a flag have no place', () => {
    expect(read([warning]).results[0]).not.toHaveProperty('locations');
  });

  test('of a file that cannot be read name the file', async () => {
    const file = `${folderWith()}/no such values.yaml`;
    const { exitCode, stdout = '' } = await run(['validate', 'r', '-f', file, '-o', 'sarif']);
    expect(exitCode).toBe(66);
    expect(JSON.parse(stdout).runs[0].results).toMatchObject([
      {
        ruleId: 'FileUnreadable',
        locations: [{ physicalLocation: { artifactLocation: { uri: file.replaceAll(' ', '%20') } } }],
      },
    ]);
  });

  const isSarif = new Ajv({ strict: false, formats: uriFormats }).compile(sarifSchema);

  test('fit the schema of SARIF, whatever values and files are called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\ud800', '%', 'a:b', '//x', '<stdin>', '../../a', 'C:\\a'),
    );
    const problem = fc.record({
      severity: fc.constantFrom('error', 'warning'),
      code: fc.constantFrom('UnknownKey', 'FileUnreadable'),
      path: hostile,
      message: hostile,
      hint: hostile,
      file: fc.option(hostile),
      line: fc.option(fc.integer({ min: 1 })),
      column: fc.option(fc.integer({ min: 1 })),
    }) satisfies fc.Arbitrary<Problem>;
    fc.assert(
      fc.property(fc.array(problem), fc.constantFrom(undefined, '/work'), (problems, root) => {
        isSarif(JSON.parse(sarifText(problems, root)));
        expect(isSarif.errors ?? []).toEqual([]);
      }),
    );
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a', colour: 'b' } } }] })).toBe(
      false,
    );
  });
});

test('an annotation of a file that cannot be read names the file', async () => {
  const file = `${folderWith()}/none.yaml`;
  const { stdout } = await run(['validate', 'r', '-f', file, '-o', 'github']);
  expect(stdout).toBe(
    `::error file=${file},title=FileUnreadable::expected a file that can be read, found none%0Acheck the path and the working directory\n`,
  );
});

test.each(['junit', 'sarif', 'github', 'json'])(
  'validate -o %s prints to standard output alone',
  async (format) => {
    const { exitCode, stdout = '', stderr = '' } = await run(['validate', 'r', '--set', 'a=1', '-o', format]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('UnknownKey');
  },
);
