import type { Clock } from '../clock.ts';
import type { Result } from '../failure.ts';
import type { Credentials, Identity } from './credentials.ts';

/** How long files are taken as they were: kubelet replaces a token long before it ends. */
const READ_AGAIN_MS = 10_000;

/** Reads who we are now and then, and answers what was read last between. What cannot be read is never kept. */
export function readAgain(clock: Clock, read: () => Promise<Result<Identity>>): Credentials['identity'] {
  let kept:
    | { readonly identity: Extract<Result<Identity>, { readonly ok: true }>; readonly at: number }
    | undefined;
  return async (renewed = false) => {
    if (kept !== undefined && !renewed && clock.now() - kept.at < READ_AGAIN_MS) return kept.identity;
    const identity = await read();
    if (identity.ok) kept = { identity, at: clock.now() };
    return identity;
  };
}
