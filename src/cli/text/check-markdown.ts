import { type Change, countedFiles, type FileDifference, REASONS } from '../file-difference.ts';
import { printable } from './printable.ts';
import { isHunk } from './text-changes.ts';

/** What a check has found, as Markdown for the summary of a job or a comment on a pull request. */
export function checkMarkdown(files: readonly FileDifference[]): string {
  if (files.length === 0) return '### Nothing differs from what is rendered\n';
  const title = countedFiles(files.length).replace(/^one/, 'One');
  return [`### ${title}`, ...files.map(section)].join('\n\n').concat('\n');
}

function section({ file, what, changes }: FileDifference): string {
  const body =
    what === 'not there' || what === 'not rendered' ? [`It is ${REASONS[what]}.`] : changes.map(changeText);
  return [`#### ${codeSpan(printable(file))}`, ...body].join('\n\n');
}

function changeText(change: Change): string {
  const { object, line, text } = change;
  const place = object === null ? (line === null ? [] : [`line ${line}`]) : [codeSpan(printable(object))];
  return [...place, block(text, isHunk(change) ? 'diff' : 'text')].join('\n\n');
}

/** A span of code ends at as many backticks as it begins with, and at no others. */
export function codeSpan(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1);
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`;
}

function block(text: string, language: string): string {
  const lines = text.split('\n').map(printable).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${language}\n${lines}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
