/** A file that is not what is rendered. */
export interface FileDifference {
  readonly file: string;
  readonly what: 'differs' | 'not there' | 'not rendered' | 'unreadable';
  /** What differs in it, or why it cannot be read. */
  readonly changes: readonly Change[];
}

/** A place in which a file differs. */
export interface Change {
  /** KIND/NAMESPACE/NAME of the object that it is in; null where that is not known. */
  readonly object: string | null;
  /** The line of the file, from 1; null where it is in no line alone. */
  readonly line: number | null;
  /** A hunk of a unified diff, or a sentence. */
  readonly text: string;
}

/** Why a file differs of which nothing is compared, as a sentence behind "it is". */
export const REASONS = {
  'not there': 'rendered, but not there',
  'not rendered': 'not rendered, but there',
} as const;

/** As "2 files differ from what is rendered". */
export function countedFiles(count: number): string {
  return `${count === 1 ? 'one file differs' : `${count} files differ`} from what is rendered`;
}
