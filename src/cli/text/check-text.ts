import { countedFiles, type FileDifference, REASONS } from '../file-difference.ts';
import type { Outcome } from '../outcome.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import { isHunk } from './text-changes.ts';

/** What a check has found, for people: the differences on one stream; how many there are, and what is wrong, on the other. */
export function checkText(
  files: readonly FileDifference[],
  style: Style,
): Pick<Outcome, 'stdout' | 'stderr'> {
  if (files.length === 0) return {};
  const unreadable = files.filter(({ what }) => what === 'unreadable');
  const others = files.filter((file) => !unreadable.includes(file));
  const count = others.length === 0 ? '' : `${countedFiles(others.length)}\n`;
  return {
    stdout: others.map((file) => differenceText(file, style)).join(''),
    stderr: count + unreadable.map(unreadableText).join(''),
  };
}

function differenceText({ file, what, changes }: FileDifference, style: Style): string {
  if (what === 'not there' || what === 'not rendered') return `${printable(file)}: ${REASONS[what]}\n`;
  const hunks = changes.filter(isHunk);
  const heads = hunks.length === 0 ? [] : [`--- ${file}`, '+++ rendered'];
  return [
    ...heads.map((line) => style.strong(printable(line))),
    ...hunks.flatMap(({ text }) => text.split('\n').map((line) => paintLine(line, style))),
    ...changes.filter((change) => !isHunk(change)).map(({ text }) => printable(`${file}: ${text}`)),
    '',
  ].join('\n');
}

function paintLine(line: string, style: Style): string {
  const text = printable(line);
  if (line.startsWith('@@ ')) return style.faint(text);
  if (line.startsWith('-')) return style.error(text);
  return line.startsWith('+') ? style.good(text) : text;
}

function unreadableText({ file, changes }: FileDifference): string {
  const hint = 'check its path and permissions, or write it anew with render or helm template';
  return changes
    .map(({ line, text }) => {
      const place = line === null ? file : `${file}:${line}`;
      return `error: ${printable(`${place}: ${text}`)}\n  hint: ${hint}\n`;
    })
    .join('');
}
