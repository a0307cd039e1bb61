import type { Problem } from '../../library/problem.ts';

/** Problems in the order in which people read a file: by file, line and column; those without a line come last. */
export function inReadingOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return [...problems].sort(
    (a, b) =>
      Number(a.line === null) - Number(b.line === null) ||
      files.indexOf(a.file) - files.indexOf(b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
