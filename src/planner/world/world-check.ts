import { type SchemaError, validators } from '../../generated/world-validator.js';
import { showFieldPath } from '../../text/field-path.ts';
import type { World } from './world.ts';

/** One thing that is wrong with a world document. */
export interface WorldProblem {
  /** Keys and indices from the document's root; a caller that knows lines finds the line by it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type CheckedWorld =
  | { readonly ok: true; readonly world: World }
  | { readonly ok: false; readonly problems: readonly WorldProblem[] };

/** Refuses what is not a World, with the path of each problem; what it lets through {@link plan} can plan. */
export function checkWorld(value: unknown): CheckedWorld {
  if (isWorld(value)) return { ok: true, world: value };
  const problems = (validators.world.errors ?? []).map(problemOf);
  return { ok: false, problems };
}

function isWorld(value: unknown): value is World {
  return validators.world(value);
}

function problemOf({ instancePath, keyword, params }: SchemaError): WorldProblem {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : step));
  if (keyword === 'additionalProperties') path.push(String(params.additionalProperty));
  return { path, message: messageOf(keyword, params) };
}

function messageOf(keyword: string, params: SchemaError['params']): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'no such field';
    case 'required':
      return `the field ${String(params.missingProperty)} is missing`;
    case 'type':
      return `must be ${String(params.type)}`;
    case 'enum':
      return `must be one of ${listed(params.allowedValues)}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'pattern':
      return `must match pattern "${String(params.pattern)}"`;
    case 'maxLength':
      return `must have at most ${String(params.limit)} characters`;
    case 'minimum':
      return `must be at least ${String(params.limit)}`;
    case 'maximum':
      return `must be at most ${String(params.limit)}`;
    default:
      return keyword;
  }
}

function listed(words: unknown): string {
  return Array.isArray(words) ? words.join(', ') : String(words);
}

/** A path as people write it: `inventory.clusters[2].id`. */
export function formatPath(path: readonly (string | number)[]): string {
  return showFieldPath(path);
}
