import type { Consequence, Diff, ObjectChange } from '../../operator/diff/index.ts';
import { escapeBars, markdownTable } from '../../text/markdown.ts';
import { codeSpan } from '../text/check-markdown.ts';
import { printable } from '../text/printable.ts';
import { countedDiff, shownValue, WEIGHT_WORDS } from './words.ts';

/** Most fields of an object that are shown. */
const MOST_FIELDS = 40;

/** A comparison as Markdown for a pull request: what it means as a table, the fields folded below. */
export function diffMarkdown(diff: Diff): string {
  if (diff.changes.length === 0) return '### Nothing changes\n';
  const parts = [
    `### ${countedDiff(diff).replace(/^o/, 'O')}`,
    ...(diff.consequences.length === 0
      ? []
      : [markdownTable(['', 'Rule', 'Object', 'What happens', 'What to do'], diff.consequences.map(row))]),
    ...diff.changes.map(section),
  ];
  return `${parts.join('\n\n')}\n`;
}

function row({ weight, rule, object, message, next }: Consequence): readonly string[] {
  return [WEIGHT_WORDS[weight], rule, code(object), text(message), text(next)];
}

function section({ object, change, fields }: ObjectChange): string {
  const head = `${code(object)} ${change}`;
  if (fields.length === 0) return head;
  const rows = fields
    .slice(0, MOST_FIELDS)
    .map(({ path, before, after }) => [code(path), code(shownValue(before)), code(shownValue(after))]);
  const more = fields.length > MOST_FIELDS ? [`${fields.length - MOST_FIELDS} more fields`] : [];
  const table = markdownTable(['Field', 'Before', 'After'], rows);
  return [`<details><summary>${html(object)} ${change}</summary>`, table, ...more, '</details>'].join('\n\n');
}

/** A span of code in a cell. */
function code(value: string): string {
  return escapeBars(codeSpan(printable(value)));
}

/** Words in a cell: nothing of them is markup. */
function text(value: string): string {
  return html(printable(value)).replace(/[\\`*_[\]~|]/g, '\\$&');
}

function html(value: string): string {
  return printable(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
