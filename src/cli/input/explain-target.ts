import type { ChartName } from '../../chart/charts.ts';
import { UsageError } from '../usage.ts';
import { parseFieldPath } from './field-path.ts';
import { type ObjectTarget, parseObjectTarget } from './object-target.ts';

/** What is to be explained: an object or a field of it, or a value. */
export type ExplainTarget =
  | { readonly what: 'object'; readonly object: ObjectTarget; readonly path: readonly string[] }
  | { readonly what: 'value'; readonly path: readonly string[] };

/** Reads an object as every command does, with or without `:field.path`, or `VALUE.PATH`. */
export function parseExplainTarget(chart: ChartName, text: string): ExplainTarget {
  const [, object, field = ''] = /^([A-Za-z]+\/[^:]*)(?::(.*))?$/su.exec(text) ?? [];
  if (object === undefined) return valueTarget(text);
  return { what: 'object', object: parseObjectTarget(chart, object), path: parseFieldPath(field) };
}

function valueTarget(text: string): ExplainTarget {
  const path = parseFieldPath(text);
  if (path.length > 0) return { what: 'value', path };
  throw new UsageError(
    'expected something to explain, found nothing',
    'write KIND/NAME, KIND/NAME:field.path or VALUE.PATH',
  );
}
