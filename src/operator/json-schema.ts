import type { JsonRecord } from '../text/json.ts';

/** An object with these properties, all of them and no others, in JSON Schema. */
export function closed(properties: JsonRecord): JsonRecord {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}
