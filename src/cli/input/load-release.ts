import { type LoadedValues, loadValues } from '../../library/load.ts';
import type { Problem } from '../../library/problem.ts';
import type { Release } from '../../library/release.ts';
import type { ValueSource } from '../../values/load/source.ts';
import type { LineOf } from '../text/problem-text.ts';
import type { Arguments } from './arguments.ts';
import { readInput } from './read-input.ts';
import { sourceLines } from './source-lines.ts';
import { chartOf, releaseOf, type ValueFlag } from './value-flags.ts';

/** A release with its values, or the files that cannot be read. */
export type LoadedRelease =
  | {
      readonly ok: true;
      readonly loaded: LoadedValues;
      readonly release: Release;
      readonly sources: readonly ValueSource[];
      readonly lineOf: LineOf;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Loads the values that a command line names. */
export function loadRelease(args: Arguments<ValueFlag>): LoadedRelease {
  const release = releaseOf(args);
  const chart = chartOf(args);
  const input = readInput(args);
  if (!input.ok) return input;
  const { sources } = input;
  return { ok: true, loaded: loadValues(chart, sources), release, sources, lineOf: sourceLines(sources) };
}
