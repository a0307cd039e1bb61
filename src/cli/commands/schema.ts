import { jsonSchema } from '../../library/json-schema.ts';
import { command } from '../command.ts';
import { chartFlag, chartOf } from '../input/value-flags.ts';

export const schema = command({
  name: 'schema',
  summary: 'Print the JSON Schema of the values of a chart.',
  words: [],
  flags: [chartFlag],
  details: [],
  example: 'schema --chart multi-node > values.schema.json',
  run: async (args) => ({ exitCode: 0, stdout: `${JSON.stringify(jsonSchema(chartOf(args)), null, 2)}\n` }),
});
