import type { Consequence, Diff, ObjectChange } from '../../operator/diff/index.ts';
import { printable } from '../text/printable.ts';
import type { Style } from '../text/style.ts';
import { countedDiff, shownValue, WEIGHT_WORDS } from './words.ts';

/** A comparison for people: objects with their fields, then what it means, the weightiest last, beside the prompt. */
export function diffText(diff: Diff, style: Style): string {
  const objects = diff.changes.flatMap((change) => objectLines(change, style));
  const consequences = diff.consequences.toReversed().flatMap((one) => consequenceLines(one, style));
  return `${[...objects, ...consequences, countedDiff(diff)].join('\n')}\n`;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function objectLines({ object, change, fields }: ObjectChange, style: Style): readonly string[] {
  const paint = change === 'added' ? style.good : change === 'removed' ? style.error : style.strong;
  return [
    paint(`${SIGNS[change]} ${printable(object)}`),
    ...fields.map(
      ({ path, before, after }) =>
        `    ${printable(path)}: ${style.error(shownValue(before))} ${style.faint('->')} ${style.good(shownValue(after))}`,
    ),
  ];
}

function consequenceLines(
  { rule, weight, object, message, next }: Consequence,
  style: Style,
): readonly string[] {
  const paint = weight === 'outage' ? style.error : weight === 'risk' ? style.warning : style.faint;
  return [
    `${paint(WEIGHT_WORDS[weight])} ${style.strong(rule)} ${printable(object)}: ${printable(message)}`,
    `  next: ${printable(next)}`,
  ];
}
