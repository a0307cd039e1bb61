import type { Failure, Result, StoredObject } from '../../kube/index.ts';

/** What the answer to a write means for what is written next. */
export type Verdict =
  /** Done; `version` is what the watch will show, at least. A deletion has none. */
  | { readonly kind: 'done'; readonly version?: string }
  /** The observation was old: the object waits for a newer one. */
  | { readonly kind: 'stale' }
  /** Not now: the same write again, later. */
  | { readonly kind: 'busy'; readonly milliseconds: number; readonly failure: Failure }
  /** Wrong, or not allowed: not again before something changes. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** It may have been done or not: planned again after a while. */
  | { readonly kind: 'unclear'; readonly failure: Failure }
  /** This process does not lead any more. */
  | { readonly kind: 'fenced'; readonly failure: Failure };

export function verdictOf(answer: Result<StoredObject | boolean>): Verdict {
  if (answer.ok) {
    const { value } = answer;
    return typeof value === 'boolean'
      ? { kind: 'done' }
      : { kind: 'done', version: value.metadata.resourceVersion };
  }
  const { failure } = answer;
  const { kind, code = 0, retryAfterMs } = failure;
  if (kind === 'fenced') return { kind: 'fenced', failure };
  if (kind !== 'status') return { kind: 'unclear', failure };
  if (retryAfterMs !== undefined || code === 429) {
    return { kind: 'busy', milliseconds: retryAfterMs ?? BUSY_MS, failure };
  }
  if (code === 409) return isOwnedByAnother(failure) ? { kind: 'refused', failure } : { kind: 'stale' };
  if (code === 422 && isAboutIdentity(failure)) return { kind: 'stale' };
  if (code >= 500 || code === 401) return { kind: 'unclear', failure };
  return { kind: 'refused', failure };
}

const BUSY_MS = 1_000;

/** A field belongs to another manager, and a newer observation will not change that. */
function isOwnedByAnother({ causes = [] }: Failure): boolean {
  return causes.some(({ reason }) => reason === 'FieldManagerConflict');
}

function isAboutIdentity({ causes = [] }: Failure): boolean {
  return causes.some(({ field }) => field === 'metadata.uid' || field === 'metadata.resourceVersion');
}
