import type { JsonRecord } from '../json.ts';
import { documentSchema } from './schema.ts';
import { world } from './world.ts';

/** The schema of a world: schemas/world.schema.json, and what its validator is compiled from. */
export function worldSchema(): JsonRecord {
  return documentSchema(
    {
      $id: 'https://kubebyon.app/schemas/world.schema.json',
      title: 'World',
      description: 'Everything the runtime planner looks at, at one moment. docs/world.md describes it.',
    },
    world,
  );
}
