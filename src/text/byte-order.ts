/**
 * Compares texts by their bytes in UTF-8, as Go and the API server do. Comparing strings in JavaScript compares UTF-16
 * units, which differs as soon as a character beyond U+FFFF meets one from U+E000 on. A surrogate alone has no bytes; it
 * stands behind every character up to U+FFFF.
 */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at === length ? a.length - b.length : rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
}

/** Lifts surrogates, which encode what is beyond U+FFFF, above the units that stand for themselves. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
