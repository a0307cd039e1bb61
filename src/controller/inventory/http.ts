import { readFile } from 'node:fs/promises';
import type { Clock, Result } from '../../kube/index.ts';
import { inventoryIn, MAX_DOCUMENT_BYTES } from './document.ts';
import type { InventorySource } from './inventory.ts';
import { polledInventory } from './polled.ts';

export interface HttpInventoryOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Holds the bearer token; read for each request, because whoever rotates it writes the file anew. */
  readonly tokenFile?: string;
  /** 5 s unless given. */
  readonly everyMs?: number;
}

const EVERY_MS = 5_000;
const DEADLINE_MS = 30_000;
/** The inventory that a platform answers with: the `inventory` part of a World, with an ETag that spares the body. */
export function httpInventory({
  url,
  clock,
  tokenFile,
  everyMs = EVERY_MS,
}: HttpInventoryOptions): InventorySource {
  let etag: string | undefined;
  return polledInventory(clock, everyMs, async (signal) => {
    const answer = await ask(url, {
      etag,
      tokenFile,
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (!answer.ok || answer.value === undefined) return answer.ok ? { ok: true, value: undefined } : answer;
    const inventory = inventoryIn(answer.value.bytes, url);
    // What could not be used is asked for again as a whole.
    etag = inventory.ok ? answer.value.etag : undefined;
    return inventory;
  });
}

interface Answer {
  readonly bytes: Uint8Array;
  readonly etag: string | undefined;
}

interface Asked {
  readonly etag: string | undefined;
  readonly tokenFile: string | undefined;
  readonly signal: AbortSignal;
}

/** Undefined: not modified. Nobody is followed elsewhere, because the token would go there too. */
async function ask(url: string, { etag, tokenFile, signal }: Asked): Promise<Result<Answer | undefined>> {
  try {
    const token = tokenFile === undefined ? undefined : (await readFile(tokenFile, 'utf8')).trim();
    const response = await fetch(url, {
      signal,
      redirect: 'error',
      headers: {
        accept: 'application/json, application/yaml',
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    if (response.status === 304) return { ok: true, value: undefined };
    if (!response.ok) return unreadable(url, `HTTP ${response.status}`);
    const bytes = await bounded(response);
    if (bytes === undefined) return unreadable(url, `more than ${MAX_DOCUMENT_BYTES} bytes`);
    return { ok: true, value: { bytes, etag: response.headers.get('etag') ?? undefined } };
  } catch (error) {
    return unreadable(url, codeOf(error));
  }
}

async function bounded(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_DOCUMENT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a failed request says is in its cause; its message is `fetch failed`. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.name;
  return 'no answer';
}

function unreadable(url: string, found: string): Result<never> {
  return {
    ok: false,
    failure: {
      kind: 'unreachable',
      at: url,
      message: `expected an inventory, found ${found}`,
      hint: 'check the platform, its address and the token; what was read before stays, and nothing is withdrawn',
    },
  };
}
