import type { Failure, Result } from '../../kube/index.ts';
import { checkWorld, formatPath } from '../../planner/world/index.ts';
import { get } from '../../planner/world/json.ts';
import type { Inventory } from '../../planner/world/world.ts';
import { readDocument } from '../../yaml/index.ts';

/** Most bytes of a document that is taken from a file or a platform. */
export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

/** Most problems of a document that a message names. */
const MOST_PROBLEMS = 5;

/**
 * The inventory that a document holds, YAML or JSON: the `inventory` part of a World, or a whole World.
 *
 * @param source where it is from, for messages.
 */
export function inventoryIn(bytes: Uint8Array | string, source: string): Result<Inventory> {
  const document = readDocument(bytes, { file: source, large: true });
  if (!document.ok) {
    const { problems } = document;
    const lines = problems.map(({ line, message }) => `line ${line}: ${message}`);
    return unusable(source, lines);
  }
  const { value } = document;
  const inventory = get(value, 'kind') === 'World' ? get(value, 'inventory') : value;
  const checked = checkWorld({
    apiVersion: 'kubebyon.app/v1alpha1',
    kind: 'World',
    now: '2000-01-01T00:00:00Z',
    inventory,
    host: { complete: false, objects: [] },
  });
  return checked.ok
    ? { ok: true, value: checked.world.inventory }
    : unusable(
        source,
        checked.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`),
      );
}

function unusable(source: string, problems: readonly string[]): Result<never> {
  const more = problems.length - MOST_PROBLEMS;
  const named = problems.slice(0, MOST_PROBLEMS).join('; ');
  const failure: Failure = {
    kind: 'malformed',
    at: source,
    message: `expected an inventory, found ${named}${more > 0 ? `; ${more} more` : ''}`,
    hint: 'compare it with docs/world.md, inventory; what was read before stays, and nothing is withdrawn',
  };
  return { ok: false, failure };
}
