import type { Problem } from '../../library/problem.ts';
import { printable } from './printable.ts';
import { placeText } from './problem-text.ts';

/**
 * Problems as a report of tests, which most CI systems show: each error is a test that failed, each warning one that was
 * skipped. Source: the JUnit XML schema that Jenkins publishes.
 */
export function junitText(problems: readonly Problem[], suite: string): string {
  const failures = problems.filter(({ severity }) => severity === 'error').length;
  const counts = `tests="${Math.max(problems.length, 1)}" failures="${failures}" skipped="${problems.length - failures}"`;
  const cases =
    problems.length === 0 ? [testCase('values', suite, '')] : problems.map((one) => caseOf(one, suite));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(suite)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(problem: Problem, suite: string): string {
  const { severity, code, path, message, hint } = problem;
  const place = placeText(problem);
  const name = [code, path, place].filter((part) => part !== '').join(' ');
  const element = severity === 'error' ? 'failure' : 'skipped';
  const type = severity === 'error' ? ` type="${escaped(code)}"` : '';
  const text = hint === '' ? '' : escaped(`hint: ${hint}`);
  return testCase(name, suite, `<${element}${type} message="${escaped(message)}">${text}</${element}>`);
}

function testCase(name: string, suite: string, inside: string): string {
  return `    <testcase classname="${escaped(suite)}" name="${escaped(name)}">${inside}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML cannot hold at all are shown as escapes. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
