import type { JsonRecord } from '../../text/json.ts';
import { closed } from '../json-schema.ts';
import { WEIGHTS } from './diff.ts';

const text = { type: 'string' };
const identity = { object: text, kind: text, namespace: { type: ['string', 'null'] }, name: text };

/** The schema of what `diff -o json` prints: schemas/diff.schema.json. */
export function diffSchema(): JsonRecord {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://kubebyon.app/schemas/diff.schema.json',
    title: 'Diff',
    description:
      'What changes between two sides of a release, and what that means. docs/diff.md describes it.',
    ...diffObject(),
  };
}

/** The schema of a comparison inside another document. */
export function diffObject(): JsonRecord {
  return closed({
    changes: {
      type: 'array',
      items: closed({
        ...identity,
        change: { enum: ['added', 'removed', 'changed'] },
        fields: { type: 'array', items: closed({ path: text, before: {}, after: {} }) },
      }),
    },
    consequences: {
      type: 'array',
      items: closed({ rule: text, weight: { enum: WEIGHTS }, object: text, message: text, next: text }),
    },
  });
}
