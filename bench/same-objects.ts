import { isDeepStrictEqual } from 'node:util';

/**
 * Refuses to measure what does not do the same work.
 *
 * @param found documents as read back, in any order. @param expected the objects, in any order.
 * @throws Error naming the first object that is missing or differs.
 */
export function assertSameObjects(
  who: string,
  found: readonly unknown[],
  expected: readonly unknown[],
): void {
  const byIdentity = new Map(found.map((object) => [identityOf(object), plain(object)]));
  if (found.length !== expected.length) {
    throw new Error(`${who} wrote ${found.length} objects, expected ${expected.length}`);
  }
  for (const object of expected) {
    const identity = identityOf(object);
    if (!isDeepStrictEqual(byIdentity.get(identity), plain(object))) {
      throw new Error(`${who} wrote another ${identity} than expected`);
    }
  }
}

interface Identified {
  readonly kind?: unknown;
  readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown };
}

function identityOf(object: unknown): string {
  const { kind, metadata } = (object ?? {}) as Identified;
  return [kind, metadata?.namespace, metadata?.name].join('/');
}

/** Without prototypes and undefined, which YAML does not have. */
function plain(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object));
}
