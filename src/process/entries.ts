import { describeFailure, type Failure } from '../kube/index.ts';

/** One line of the log. No field holds what a Secret, a token or a kubeconfig says. */
export interface Entry {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Something could not be read or written; another try follows. */
export function failureEntry(event: string, failure: Failure, cluster?: string): Entry {
  return {
    level: 'warn',
    message: `${cluster === undefined ? '' : `cluster ${cluster}: `}${describeFailure(failure)}`,
    fields: { event, at: failure.at, ...(cluster === undefined ? {} : { cluster }) },
  };
}

/** A mistake in this program. */
export function faultEntry(error: unknown): Entry {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { level: 'error', message: `internal error: ${text}`, fields: { event: 'fault' } };
}
