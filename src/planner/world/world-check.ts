import validate, { type SchemaError } from '../../generated/world-validator.js';
import type { World } from './world.ts';

/** One thing that is wrong with a world document. */
export interface WorldProblem {
  /** Keys and indices from the document's root; a caller that knows lines finds the line by it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A world, or everything that keeps a value from being one. */
export type CheckedWorld =
  | { readonly ok: true; readonly world: World }
  | { readonly ok: false; readonly problems: readonly WorldProblem[] };

/** Refuses what is not a World, with the path of each problem; what it lets through {@link plan} can plan. */
export function checkWorld(value: unknown): CheckedWorld {
  if (isWorld(value)) return { ok: true, world: value };
  const problems = (validate.errors ?? []).map(problemOf);
  return { ok: false, problems };
}

function isWorld(value: unknown): value is World {
  return validate(value);
}

function problemOf({ instancePath, keyword, message, params }: SchemaError): WorldProblem {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : step));
  if (keyword === 'additionalProperties') {
    return { path: [...path, String(params.additionalProperty)], message: 'no such field' };
  }
  if (keyword === 'required')
    return { path, message: `the field ${String(params.missingProperty)} is missing` };
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    return { path, message: `must be one of ${params.allowedValues.join(', ')}` };
  }
  if (keyword === 'const') return { path, message: `must be ${JSON.stringify(params.allowedValue)}` };
  return { path, message: message ?? keyword };
}

/** A path as people write it: `inventory.clusters[2].id`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
