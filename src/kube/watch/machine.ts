import type { Failure } from '../failure.ts';
import type { StoredObject } from '../object.ts';

/** The words of the state machine of a watch: what it knows, what it hears, what it wants done. */

/** How far a watch has come. Plain data. */
export interface WatchState {
  readonly phase: Phase;
  /** Number of the last request; news of older ones are not heard. */
  readonly turn: number;
  /** How everything is listed: as a stream with bookmarks (WatchList), or in pages where that is not served. */
  readonly mode: 'stream' | 'pages';
  /** Up to here everything has been seen; absent before the first list and when all must be listed again. */
  readonly version?: string;
  readonly pageSize: number;
  /** Failures since the last two minutes of health; the wait grows with them. */
  readonly failures: number;
  /** How often the stream broke on a line at the same place. */
  readonly stuck: number;
  /** When the last whole list was done. */
  readonly listedAt?: number;
  /** Whether a whole list was ever told. */
  readonly complete: boolean;
  /** Why nothing new is heard at present. */
  readonly failing?: Failure;
}

export type Phase =
  | { readonly kind: 'idle' }
  /** `until`: when the server was asked to end the answer. */
  | { readonly kind: 'listing'; readonly until: number; readonly count: number; readonly token?: string }
  | { readonly kind: 'checking' }
  | { readonly kind: 'opening' | 'watching'; readonly since: number; readonly until: number }
  | { readonly kind: 'waiting'; readonly next: Step }
  | { readonly kind: 'stopped' };

/** What is done next, now or after a wait. */
export type Step =
  | { readonly kind: 'list' }
  /** The next page of a list that is under way. */
  | { readonly kind: 'page'; readonly token: string; readonly count: number }
  /** Ask for the newest version: after a break, the server may have been restored to an older state. */
  | { readonly kind: 'check' }
  | { readonly kind: 'watch' };

export type News =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'timer'; readonly turn: number }
  /** The server has begun to answer. */
  | { readonly kind: 'opened'; readonly turn: number }
  | { readonly kind: 'page'; readonly turn: number; readonly page: Page }
  | { readonly kind: 'newest'; readonly turn: number; readonly version: string }
  | { readonly kind: 'line'; readonly turn: number; readonly line: Line }
  /** The answer has ended as answers should. */
  | { readonly kind: 'closed'; readonly turn: number }
  | { readonly kind: 'failed'; readonly turn: number; readonly failure: Failure }
  /** An event does not fit what came before it, so one must have been lost. */
  | { readonly kind: 'gap'; readonly turn: number };

export interface Page {
  readonly items: readonly StoredObject[];
  readonly version: string;
  readonly token?: string;
}

export type Line =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: StoredObject }
  | { readonly type: 'BOOKMARK'; readonly version: string; readonly endsList: boolean }
  | { readonly type: 'ERROR'; readonly failure: Failure }
  /** Cut, garbled, or no event. */
  | { readonly type: 'unreadable'; readonly failure: Failure };

export type Effect =
  | { readonly do: 'request'; readonly turn: number; readonly request: WatchRequest }
  /** End the running request, whatever it is. */
  | { readonly do: 'close' }
  | { readonly do: 'wait'; readonly turn: number; readonly milliseconds: number }
  | { readonly do: 'beginList' }
  | { readonly do: 'listed'; readonly items: readonly StoredObject[] }
  | { readonly do: 'unlisted'; readonly object: StoredObject }
  | { readonly do: 'endList' }
  | {
      readonly do: 'observe';
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly object: StoredObject;
      /** The same version as the line before: it may have come twice. */
      readonly again: boolean;
    }
  | { readonly do: 'tell' };

export type WatchRequest =
  | { readonly kind: 'listStream'; readonly timeoutSeconds: number }
  | { readonly kind: 'page'; readonly limit: number; readonly token?: string }
  | { readonly kind: 'newest' }
  | { readonly kind: 'watch'; readonly version: string; readonly timeoutSeconds: number };

/** What the machine may know of the world beside the news. */
export interface Moment {
  readonly now: number;
  /** From 0 to 1. */
  readonly random: number;
}

export interface MachineSettings {
  /** Objects in a page; more when a list expires between two pages. */
  readonly pageSize: number;
  /** What is asked, for messages. */
  readonly place: string;
  /** With more objects, nothing of a list is told. */
  readonly maxObjects: number;
  /** Everything is listed anew after this long, in case an event was lost without a trace. */
  readonly relistMs: number;
}

export interface Transition {
  readonly state: WatchState;
  readonly effects: readonly Effect[];
}
