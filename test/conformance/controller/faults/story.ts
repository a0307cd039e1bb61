import type { Bench, Variant } from './bench.ts';

/** What a controller comes through, and a controller that does not. */
export interface Story {
  /** Numbers of the classes of faults that it belongs to. */
  readonly of: string;
  readonly says: string;
  readonly tell: (bench: Bench) => Promise<void>;
  /** The protection that is taken out, without which the story must end otherwise, and how it ends then. */
  readonly without?: readonly [string, () => Variant, RegExp];
}
