import { failed, type Result, success } from './failure.ts';
import { isRecord } from './json.ts';
import { pathOf, type StoredObject } from './object.ts';
import type { Requester } from './requests/requester.ts';
import { parsePage } from './watch/parse.ts';
import type { Selection } from './watch/source.ts';

export interface ListOptions extends Selection {
  /** Objects in a page; 500 unless given. */
  readonly pageSize?: number;
  /** Only what stands in `metadata`: nothing else is sent. */
  readonly metadataOnly?: boolean;
  /** What was told before counts no more: the list is read from its beginning. */
  readonly onBegin: () => void;
  /** Told of each object as its page is read, so that no page need be kept. */
  readonly onObject: (object: StoredObject) => void;
  readonly signal?: AbortSignal;
}

/** An empty list of metadata alone has no items at all. */
function withItems(body: unknown): unknown {
  return isRecord(body) && body.items === null ? { ...body, items: [] } : body;
}

const METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
const PAGE_DEADLINE_MS = 60_000;

/** A list that expires between two pages is begun again, so often at most. */
const ATTEMPTS = 3;

/** Reads all objects of a selection as they are now, page by page. */
export async function listObjects(requester: Requester, options: ListOptions): Promise<Result<undefined>> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const listed = await listOnce(requester, options);
    if (listed.ok || listed.failure.code !== 410) return listed;
  }
  return listOnce(requester, options);
}

async function listOnce(requester: Requester, options: ListOptions): Promise<Result<undefined>> {
  const { resource, namespace, labelSelector, fieldSelector, pageSize = 500, signal } = options;
  const path = pathOf(resource, namespace === undefined ? {} : { namespace });
  const place = requester.describe({ method: 'GET', path });
  options.onBegin();
  let token: string | undefined;
  do {
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      ...(token === undefined ? {} : { continue: token }),
    });
    const answer = await requester.call({
      method: 'GET',
      path: `${path}?${query}`,
      deadlineMs: PAGE_DEADLINE_MS,
      ...(options.metadataOnly === true ? { accept: METADATA } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    const page = answer.ok ? parsePage(withItems(answer.value), place) : answer;
    if (!page.ok) return failed(page.failure);
    page.value.items.forEach(options.onObject);
    token = page.value.token;
  } while (token !== undefined);
  return success(undefined);
}
