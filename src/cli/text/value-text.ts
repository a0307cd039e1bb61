import type { Origin } from '../../values/load/index.ts';
import { printable, shortened } from './printable.ts';
import { placeText } from './problem-text.ts';

/** Where a value was written. */
export function originText(origin: Origin | null): string {
  return origin === null ? 'default' : placeText(origin);
}

/** Data on one line. */
export function inline(value: unknown, longest = 48): string {
  if (value === undefined) return 'not set';
  return shortened(
    typeof value === 'string' && value !== '' ? printable(value) : JSON.stringify(value),
    longest,
  );
}
