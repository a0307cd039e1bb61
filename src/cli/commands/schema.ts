import { jsonSchema } from '../../library/json-schema.ts';
import { foldedJsonText } from '../../text/json-text.ts';
import { command } from '../command.ts';
import type { Arguments } from '../input/arguments.ts';
import { chartFlag, chartOf } from '../input/value-flags.ts';
import type { Outcome } from '../outcome.ts';
import { UsageError } from '../usage.ts';

export const schema = command({
  name: 'schema',
  summary: 'Print the JSON Schema of the values of a chart, that of a world, or that of checks.',
  words: ['[world|checks]'],
  flags: [chartFlag],
  details: [
    'With the word world it is the schema of the file that plan reads, with checks that of what preflight, verify and why print with -o json.',
  ],
  example: 'schema --chart multi-node > values.schema.json',
  run,
});

async function run(args: Arguments<'chart'>): Promise<Outcome> {
  const [word] = args.positionals;
  if (word === undefined) return { exitCode: 0, stdout: foldedJsonText(jsonSchema(chartOf(args))) };
  if (word === 'checks') {
    const { REPORT_SCHEMA } = await import('../../operator/checks/schema.ts');
    return { exitCode: 0, stdout: foldedJsonText(REPORT_SCHEMA) };
  }
  if (word !== 'world') {
    throw new UsageError(
      `expected world, checks or no word, found ${JSON.stringify(word)}`,
      'the schema of a chart is chosen by --chart',
    );
  }
  const { worldSchema } = await import('../../planner/world/definition/world-schema.ts');
  return { exitCode: 0, stdout: foldedJsonText(worldSchema()) };
}
