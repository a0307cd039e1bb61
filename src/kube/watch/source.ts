import type { Clock } from '../clock.ts';
import type { Failure, Result } from '../failure.ts';
import { textAt } from '../json.ts';
import { pathOf, type Resource } from '../object.ts';
import type { KubeRequest, Requester } from '../requests/requester.ts';
import { malformedFailure, tooLargeFailure } from '../requests/status.ts';
import { createLineCutter } from './lines.ts';
import type { News, WatchRequest } from './machine.ts';
import { createPace, type Pace } from './pace.ts';
import { parseLine, parsePage } from './parse.ts';

/** News without the number of the request that they belong to. */
export type Heard =
  Extract<News, { readonly turn: number }> extends infer Each
    ? Each extends { readonly turn: number }
      ? Omit<Each, 'turn'>
      : never
    : never;

/** Asks a server what a watch wants to know. */
export interface WatchSource {
  /** What is asked, for messages. */
  readonly place: string;
  /**
   * Says what comes, batch by batch, and is done when nothing more does. The last batch ends with `closed`, `failed` or a line
   * that cannot be read. An empty batch says that the server is there. Never throws.
   */
  ask(request: WatchRequest, signal: AbortSignal, say: (batch: readonly Heard[]) => void): Promise<void>;
}

/** What of a resource is watched. */
export interface Selection {
  readonly resource: Resource;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface SourceLimits {
  /** Most bytes of a page. */
  readonly maxPageBytes: number;
  /** Most bytes of an event. */
  readonly maxLineBytes: number;
  /** What is read of a stream in a second, after a burst of eight times as much; the rest has to wait. */
  readonly bytesPerSecond: number;
}

const PAGE_DEADLINE_MS = 60_000;

/** The requests of a watch. */
export function requestedSource(
  requester: Requester,
  selection: Selection,
  limits: SourceLimits,
  clock: Clock,
): WatchSource {
  const { resource, namespace, labelSelector, fieldSelector } = selection;
  const path = pathOf(resource, namespace === undefined ? {} : { namespace });
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  const requestFor = (query: Readonly<Record<string, string>>, signal: AbortSignal): KubeRequest => ({
    method: 'GET',
    signal,
    deadlineMs: PAGE_DEADLINE_MS,
    maxBytes: limits.maxPageBytes,
    path: `${path}?${new URLSearchParams({ ...query, ...selectors })}`,
  });
  const place = requester.describe({ method: 'GET', path });

  const page = async (query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Heard> => {
    const answer = await requester.call(requestFor(query, signal));
    const read = answer.ok ? parsePage(answer.value, place) : answer;
    return read.ok ? { kind: 'page', page: read.value } : { kind: 'failed', failure: read.failure };
  };
  const lines = async (
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    say: (batch: readonly Heard[]) => void,
  ): Promise<void> => {
    const answer = await requester.open(requestFor({ watch: 'true', ...query }, signal));
    if (!answer.ok) {
      say([{ kind: 'failed', failure: answer.failure }]);
      return;
    }
    const { chunks, close } = answer.value;
    const cutter = createLineCutter(limits.maxLineBytes);
    const read = (chunk: Uint8Array): boolean => {
      const cut = cutter.cut(chunk);
      if (cut !== undefined) say(cut.map((text) => ({ kind: 'line', line: parseLine(text, place) })));
      return cut !== undefined;
    };
    say([{ kind: 'opened' }]);
    try {
      const isWhole = await readChunks(chunks, createPace(limits.bytesPerSecond, clock, signal), read);
      say([
        isWhole ? endOf(cutter.rest().trim(), place) : { kind: 'failed', failure: longLine(limits, place) },
      ]);
    } catch (error) {
      say([{ kind: 'failed', failure: requester.failureOf(error, place) }]);
    } finally {
      close();
    }
  };

  return {
    place,
    ask: async (request, signal, say) => {
      switch (request.kind) {
        case 'page': {
          const { limit, token } = request;
          const query = { limit: String(limit), ...(token === undefined ? {} : { continue: token }) };
          return say([await page(query, signal)]);
        }
        case 'newest':
          return say([newestIn(await requester.call(requestFor({ limit: '1' }, signal)), place)]);
        case 'listStream': {
          const timeoutSeconds = String(request.timeoutSeconds);
          return await lines({ ...LIST_STREAM, ...BOOKMARKS, timeoutSeconds }, signal, say);
        }
        case 'watch': {
          const timeoutSeconds = String(request.timeoutSeconds);
          return await lines({ ...BOOKMARKS, resourceVersion: request.version, timeoutSeconds }, signal, say);
        }
      }
    },
  };
}

/**
 * Reads until the end, or until `read` says no; whether it came to the end. No chunk is held while the next is waited for:
 * a quiet watch would keep its last one, with every object in it, for ever.
 */
async function readChunks(
  chunks: AsyncIterable<Uint8Array>,
  pace: Pace,
  read: (chunk: Uint8Array) => boolean,
): Promise<boolean> {
  const iterator = chunks[Symbol.asyncIterator]();
  const step = async (): Promise<'more' | 'end' | 'refused'> => {
    const next = await iterator.next();
    if (next.done === true) return 'end';
    await pace(next.value.length);
    return read(next.value) ? 'more' : 'refused';
  };
  for (;;) {
    const said = await step();
    if (said !== 'more') return said === 'end';
  }
}

const BOOKMARKS = { allowWatchBookmarks: 'true' };
const LIST_STREAM = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' };

function newestIn(answer: Result<unknown>, place: string): Heard {
  if (!answer.ok) return { kind: 'failed', failure: answer.failure };
  const version = textAt(answer.value, 'metadata', 'resourceVersion');
  return version === undefined ? { kind: 'failed', failure: noVersion(place) } : { kind: 'newest', version };
}

function noVersion(place: string): Failure {
  return malformedFailure(place, 'a list with a resourceVersion', '');
}

/** What is left without a newline was cut off. */
function endOf(rest: string, place: string): Heard {
  if (rest === '') return { kind: 'closed' };
  const found = `${rest.slice(0, 40)} without an end`;
  return {
    kind: 'line',
    line: { type: 'unreadable', failure: malformedFailure(place, 'a whole line', found) },
  };
}

function longLine({ maxLineBytes }: SourceLimits, place: string): Failure {
  return tooLargeFailure(place, `${maxLineBytes} bytes in an event`);
}
