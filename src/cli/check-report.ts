import { jsonText } from '../text/json-text.ts';
import type { FileDifference } from './file-difference.ts';
import type { Outcome } from './outcome.ts';
import { checkGithub } from './text/check-github.ts';
import { checkMarkdown } from './text/check-markdown.ts';
import { checkText } from './text/check-text.ts';
import { styleOf } from './text/style.ts';

/** How a check ends, told in a form of `-o`; what could not be read comes before what differs. */
export function reportOf(files: readonly FileDifference[], form: string | undefined): Outcome {
  const isUnreadable = files.some(({ what }) => what === 'unreadable');
  const exitCode = isUnreadable ? 66 : files.length > 0 ? 3 : 0;
  switch (form) {
    case 'json':
      return { exitCode, stdout: jsonText(files) };
    case 'github':
      return { exitCode, stdout: checkGithub(files, process.env.GITHUB_WORKSPACE) };
    case 'markdown':
      return { exitCode, stdout: checkMarkdown(files) };
    default:
      return { exitCode, ...checkText(files, styleOf(1)) };
  }
}
