import { chartNamed } from '../../chart/charts.ts';
import { valuesYaml } from '../../values/values-yaml.ts';
import { emitDocument } from '../../yaml/emit.ts';
import { command } from '../command.ts';
import { chartFlag, chartOf } from '../input/value-flags.ts';

export const values = command({
  name: 'values',
  summary: 'Print every value of a chart with its default and what it means.',
  words: [],
  flags: [chartFlag],
  details: [],
  example: 'values --chart multi-node > values.yaml',
  run: async (args) => ({ exitCode: 0, stdout: valuesYaml(chartNamed(chartOf(args)).values, emitDocument) }),
});
