import type { Path } from '../load/plain.ts';
import type { FindingCode } from './codes.ts';

/** Something wrong with the values, by path; where the path was written is found out elsewhere. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
  /** Whether the key is meant rather than its value. */
  readonly atKey?: boolean;
}
