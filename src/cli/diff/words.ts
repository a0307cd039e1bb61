import type { Diff, FieldChange, Weight } from '../../operator/diff/index.ts';
import { inline } from '../text/value-text.ts';

/** What a weight is called before a consequence. */
export const WEIGHT_WORDS: Readonly<Record<Weight, string>> = {
  outage: 'outage',
  risk: 'risk',
  notice: 'notice',
};

/** As "3 objects change, 1 comes: 1 outage, 2 notices". */
export function countedDiff({ changes, consequences }: Diff): string {
  if (changes.length === 0) return 'nothing changes';
  const objects = (['changed', 'added', 'removed'] as const).flatMap((change) => {
    const count = changes.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  const weights = (['outage', 'risk', 'notice'] as const).flatMap((weight) => {
    const count = consequences.filter((one) => one.weight === weight).length;
    return count === 0 ? [] : [`${count} ${weight}${count === 1 ? '' : 's'}`];
  });
  return `objects: ${objects.join(', ')}${weights.length === 0 ? '' : `; ${weights.join(', ')}`}`;
}

/** Longest value that is shown. */
const LONGEST = 72;

/** A value of a field on one line. */
export function shownValue(value: FieldChange['before']): string {
  return value === null ? 'nothing' : inline(value, LONGEST);
}
