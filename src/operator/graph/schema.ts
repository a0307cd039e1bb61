import type { JsonRecord } from '../../text/json.ts';
import { closed } from '../json-schema.ts';
import { NODE_KINDS, NODE_STATES } from './model.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };

/** The schema of what `graph -o json` prints: schemas/graph.schema.json. */
export function graphSchema(): JsonRecord {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://kubebyon.app/schemas/graph.schema.json',
    title: 'Graph',
    description: 'What requests pass from an address to a backend. docs/graph.md describes it.',
    ...closed({
      nodes: {
        type: 'array',
        items: closed({
          id: text,
          kind: { enum: NODE_KINDS },
          label: text,
          detail: text,
          state: { enum: NODE_STATES },
          count,
          cluster: { type: ['string', 'null'] },
        }),
      },
      edges: { type: 'array', items: closed({ from: text, to: text }) },
      clusters: count,
    }),
  };
}
