import { type Change, type FileDifference, REASONS } from '../file-difference.ts';
import { annotation } from './github-text.ts';
import { inRepository } from './in-repository.ts';
import { printable } from './printable.ts';
import { isHunk } from './text-changes.ts';

/**
 * What a check has found as annotations of GitHub Actions, one for each change.
 *
 * @param root see {@link inRepository}.
 */
export function checkGithub(files: readonly FileDifference[], root: string | undefined): string {
  return files.map((file) => annotations(file, inRepository(file.file, root))).join('');
}

function annotations({ what, changes }: FileDifference, file: string): string {
  if (what === 'not there' || what === 'not rendered')
    return annotation('error', { file, line: null, column: null }, what, `it is ${REASONS[what]}`);
  return changes
    .map((change) => {
      const { object, line } = change;
      return annotation('error', { file, line, column: null }, object ?? what, messageOf(change));
    })
    .join('');
}

/** Most changed lines that an annotation shows. */
const MOST_LINES = 20;

function messageOf(change: Change): string {
  if (!isHunk(change)) return printable(change.text);
  const changed = change.text.split('\n').filter((line) => /^[-+]/.test(line));
  const shown = changed.slice(0, MOST_LINES).map(printable);
  const more = changed.length > shown.length ? [`… ${changed.length - shown.length} more lines`] : [];
  return ['differs from what is rendered', ...shown, ...more].join('\n');
}
