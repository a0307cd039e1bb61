import type { Diff, Weight } from '../../operator/diff/index.ts';
import { annotation } from '../text/github-text.ts';
import { inRepository } from '../text/in-repository.ts';
import { printable } from '../text/printable.ts';

const LEVELS = { outage: 'error', risk: 'warning', notice: 'notice' } as const satisfies Record<
  Weight,
  string
>;

/**
 * What a comparison means as annotations of GitHub Actions.
 *
 * @param file the values file that they are shown at; undefined: at none.
 * @param root see {@link inRepository}.
 */
export function diffGithub(
  { consequences }: Diff,
  file: string | undefined,
  root: string | undefined,
): string {
  const place =
    file === undefined || file === '-'
      ? undefined
      : { file: inRepository(file, root), line: null, column: null };
  return consequences
    .map(({ rule, weight, object, message, next }) =>
      annotation(
        LEVELS[weight],
        place,
        rule,
        `${printable(object)}: ${printable(message)}\n${printable(next)}`,
      ),
    )
    .join('');
}
