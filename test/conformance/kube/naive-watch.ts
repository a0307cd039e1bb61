import type { Kube, WatchHandler } from '../../../src/kube/index.ts';
import { at, parseJson } from '../../../src/kube/json.ts';
import { isStored } from '../../../src/kube/object.ts';
import { parsePage } from '../../../src/kube/watch/parse.ts';

/**
 * A watch as many are written: lists once, follows the stream, skips what it cannot read, and is dead when that ends. It is
 * here to show that the tests of the real one can fail.
 */
export async function naiveWatch(
  kube: Kube,
  path: string,
  signal: AbortSignal,
  handler: WatchHandler,
): Promise<void> {
  const known = new Set<string>();
  const answer = await kube.requester.call({ method: 'GET', path: `${path}?limit=500`, signal });
  const page = answer.ok ? parsePage(answer.value, path) : answer;
  if (!page.ok) return;
  for (const object of page.value.items) {
    known.add(object.metadata.name);
    handler.onChanges([{ kind: 'added', object }]);
  }
  handler.onHealth?.({ complete: true });
  const query = `watch=true&resourceVersion=${page.value.version}`;
  const stream = await kube.requester.open({ method: 'GET', path: `${path}?${query}`, signal });
  if (!stream.ok) return;
  let text = '';
  try {
    for await (const chunk of stream.value.chunks) {
      text += Buffer.from(chunk).toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) follow(parseJson(line), known, handler);
    }
  } catch {
    // Reset: dead.
  }
}

function follow(event: unknown, known: Set<string>, handler: WatchHandler): void {
  const object = at(event, 'object');
  if (!isStored(object)) return;
  const { name, namespace, uid } = object.metadata;
  if (at(event, 'type') === 'DELETED') {
    known.delete(name);
    handler.onChanges([{ kind: 'removed', key: `${namespace}/${name}`, uid, object }]);
    return;
  }
  const kind = known.has(name) ? 'changed' : 'added';
  known.add(name);
  handler.onChanges([{ kind, object }]);
}
