import type { Problem } from '../../library/problem.ts';
import { type FilePlace, filePlace } from './in-repository.ts';
import { printable } from './printable.ts';
import { placeText } from './problem-text.ts';

/**
 * A problem as a workflow command, which GitHub Actions shows at the line. What was set by a flag has no line, so the
 * flag stands in the message.
 *
 * @param root the folder of the repository (GITHUB_WORKSPACE), to which annotations are relative; a file outside of it
 * keeps its name.
 *
 * Source: GitHub docs, "Workflow commands for GitHub Actions".
 */
export function githubText(problem: Problem, root: string | undefined): string {
  const { severity, code, path, message, hint } = problem;
  const place = filePlace(problem, root);
  const subject = [...(place === undefined ? [placeText(problem)] : []), path]
    .filter((text) => text !== '')
    .join(': ');
  const text = `${subject === '' ? '' : `${printable(subject)}: `}${printable(message)}${hint === '' ? '' : `\n${printable(hint)}`}`;
  return annotation(severity, place, code, text);
}

/** An annotation: a title, a text of some lines, and the place where there is one. */
export function annotation(
  severity: 'error' | 'warning' | 'notice',
  place: FilePlace | undefined,
  title: string,
  text: string,
): string {
  const properties = [...placeProperties(place), `title=${property(title)}`];
  return `::${severity} ${properties.join(',')}::${data(text)}\n`;
}

function placeProperties(place: FilePlace | undefined): readonly string[] {
  if (place === undefined) return [];
  const { file, line, column } = place;
  return [
    `file=${property(file)}`,
    ...(line === null ? [] : [`line=${line}`]),
    ...(column === null ? [] : [`col=${column}`]),
  ];
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
