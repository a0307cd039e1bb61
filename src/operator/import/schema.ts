import type { JsonRecord } from '../../text/json.ts';
import { diffObject } from '../diff/schema.ts';
import { closed } from '../json-schema.ts';

const text = { type: 'string' };

/** The schema of what `import -o json` prints: schemas/import.schema.json. */
export function importSchema(): JsonRecord {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://kubebyon.app/schemas/import.schema.json',
    title: 'Import',
    description:
      'What this chart leaves out of the values of a release, and what it changes. docs/upgrading.md describes it.',
    ...closed({
      leftOut: {
        type: 'array',
        items: closed({ path: text, line: { type: ['integer', 'null'] }, message: text, hint: text }),
      },
      diff: { anyOf: [{ type: 'null' }, diffObject()] },
    }),
  };
}
