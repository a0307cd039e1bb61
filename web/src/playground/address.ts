import type { Session } from '../workers/values/protocol.ts';

/** The session as the part of the address behind `#`: compressed, and sent to nobody. */
export async function fragmentOf(session: Session): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(session));
  const packed = await through(bytes, new CompressionStream('deflate-raw'));
  const characters = Array.from(packed, (byte) => String.fromCharCode(byte)).join('');
  return `#v1=${btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The longest text that is taken out of an address: what a values file may have, and a little. */
const MAX_CHARACTERS = 1_200_000;

/** Reads a fragment. Undefined when it holds no session, or one that is cut or changed. */
export async function sessionOf(fragment: string): Promise<Session | undefined> {
  const packed = /^#v1=([\w-]+)$/.exec(fragment)?.[1];
  if (packed === undefined) return undefined;
  try {
    const characters = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
    const unpacked = await through(bytes, new DecompressionStream('deflate-raw'), MAX_CHARACTERS);
    return checked(JSON.parse(new TextDecoder().decode(unpacked)));
  } catch {
    return undefined;
  }
}

function checked(data: unknown): Session | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { chart, text, name, namespace } = data as Partial<Record<string, unknown>>;
  if (chart !== 'single-node' && chart !== 'multi-node') return undefined;
  if (typeof text !== 'string' || typeof name !== 'string' || typeof namespace !== 'string') return undefined;
  return { chart, text, name, namespace };
}

/** @throws RangeError when more than `limit` bytes come out: a small address can hold a very large text. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  limit = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > limit) throw new RangeError(`more than ${limit} bytes`);
    chunks.push(part.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
