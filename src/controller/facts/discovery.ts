import type { Clock, Failure, Kube } from '../../kube/index.ts';
import { discoverServed, type Served } from './served.ts';

/** Resource definitions come and go seldom; what is missing is a finding until it is seen. */
const EVERY_MS = 30_000;
const RETRY_MS = 2_000;

/** A kind that was there a moment ago is asked about at once, but not in a circle. */
const SOON_MS = 1_000;

export interface Discovery {
  /** Why the host could not be asked last. */
  failure(): Failure | undefined;
  /** Something that was served seems not to be any more. */
  soon(): void;
  stop(): void;
}

/** Asks again and again what the host serves. */
export function keepDiscovering(
  kube: Pick<Kube, 'discover'>,
  clock: Clock,
  /** An answer, or undefined when there was none. */
  onAnswer: (served: Served | undefined) => void,
): Discovery {
  const ended = new AbortController();
  let failure: Failure | undefined;
  let next: { readonly at: number; readonly cancel: () => void } | undefined;
  const plan = (milliseconds: number): void => {
    const at = clock.now() + milliseconds;
    if (ended.signal.aborted || (next !== undefined && next.at <= at)) return;
    next?.cancel();
    next = { at, cancel: clock.after(milliseconds, () => void ask()) };
  };
  const ask = async (): Promise<void> => {
    const found = await discoverServed(kube, ended.signal);
    if (ended.signal.aborted) return;
    next = undefined;
    failure = found.ok ? undefined : found.failure;
    plan(found.ok ? EVERY_MS : RETRY_MS);
    onAnswer(found.ok ? found.value : undefined);
  };
  void ask();
  return {
    failure: () => failure,
    soon: () => plan(SOON_MS),
    stop: () => {
      ended.abort();
      next?.cancel();
    },
  };
}
