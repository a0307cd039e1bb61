import { UsageError } from '../usage.ts';
import { parseFieldPath } from './field-path.ts';

/** What is to be explained: an object or a field of it, or a value. */
export type ExplainTarget =
  | {
      readonly what: 'object';
      readonly kind: string;
      readonly namespace: string | undefined;
      readonly name: string;
      readonly path: readonly string[];
    }
  | { readonly what: 'value'; readonly path: readonly string[] };

/** Reads `KIND/NAME` or `KIND/NAMESPACE/NAME`, with or without `:field.path`, or `VALUE.PATH`. */
export function parseExplainTarget(text: string): ExplainTarget {
  const object = /^([A-Za-z]+)\/(?:([^/:]*)\/)?([^:]*)(?::(.*))?$/su.exec(text);
  if (object === null) return valueTarget(text);
  const [, kind = '', namespace, name = '', field = ''] = object;
  return { what: 'object', kind, namespace, name, path: parseFieldPath(field) };
}

function valueTarget(text: string): ExplainTarget {
  const path = parseFieldPath(text);
  if (path.length > 0) return { what: 'value', path };
  throw new UsageError(
    'expected something to explain, found nothing',
    'write KIND/NAME, KIND/NAME:field.path or VALUE.PATH',
  );
}
