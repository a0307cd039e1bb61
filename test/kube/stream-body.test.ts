import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { streamBody } from '../../src/kube/requests/stream-body.ts';

function stream(): Readable {
  return new Readable({ autoDestroy: false, read: () => undefined });
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read).toString();
}

/** A stream of HTTP/2 as its reader may find it: `closed` says that the server is done, not that everything is read. */
function whole(): Readable {
  const made = stream();
  made.push('all of ');
  made.push('it');
  made.push(null);
  return Object.defineProperty(made, 'closed', { value: true });
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('the body of an answer', () => {
  test('is read to its end, though the server had closed it before anybody began', async () => {
    expect(await read(streamBody(whole()))).toBe('all of it');
  });

  test('comes as it is sent', async () => {
    const sent = stream();
    const body = streamBody(sent);
    const next = async () => Buffer.from((await body.next()).value ?? []).toString();
    for (const text of ['a', 'b']) {
      const heard = next();
      await soon();
      sent.push(text);
      expect(await heard).toBe(text);
    }
    const end = body.next();
    await soon();
    sent.push(null);
    expect((await end).done).toBe(true);
  });

  test('is held by who sends it as long as nobody reads', async () => {
    const sent = stream();
    const first = streamBody(sent).next();
    sent.push(Buffer.alloc(10));
    await first;
    sent.push(Buffer.alloc(sent.readableHighWaterMark));
    await soon();
    expect(sent.push('more')).toBe(false);
  });

  test.each([
    ['an error', new Error('broken'), 'broken'],
    ['no error', undefined, 'closed'],
  ] as const)('is a failure when the stream breaks with %s', async (_, error, said) => {
    const sent = stream();
    const failed = expect(read(streamBody(sent))).rejects.toThrow(said);
    sent.push('half');
    await soon();
    sent.destroy(error);
    await failed;
  });

  test('is a failure when the stream broke before anybody began to read', async () => {
    const sent = stream();
    sent.push('half');
    sent.destroy();
    await soon();
    await expect(read(streamBody(sent))).rejects.toThrow('closed');
  });
});

test('Node’s own iterator is the reason: it fails where everything is there to be read', async () => {
  await expect(read(whole())).rejects.toThrow('Premature close');
});
