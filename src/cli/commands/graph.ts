import { OBSERVING_FLAGS } from '../bundle/observing-flags.ts';
import { command } from '../command.ts';
import { checkGraphUsage } from '../graph/options.ts';
import type { Flag } from '../input/arguments.ts';
import { outputFlag } from '../input/output-flag.ts';
import { valueFlags } from '../input/value-flags.ts';

const flags = [
  ...valueFlags,
  {
    name: 'world',
    argument: 'FILE',
    description: 'a World, as plan reads it; "-" for standard input',
  },
  { name: 'live', description: 'what a cluster has, read as bundle reads it; with the flags below' },
  {
    name: 'group',
    argument: 'WHEN',
    choices: ['auto', 'always', 'never'],
    description:
      'one node for all that are alike: auto (the default) with more than 12 clusters, always, or never',
  },
  outputFlag(
    ['svg', 'mermaid', 'dot', 'json'],
    'svg (the default; light and dark), mermaid (for Markdown), dot (Graphviz), or json (nodes and edges)',
  ),
  ...OBSERVING_FLAGS,
] as const satisfies readonly Flag[];

export const graph = command({
  name: 'graph',
  summary: 'Draw what requests pass: addresses, Gateways, listeners, routes, backends, certificates.',
  words: ['[NAME]'],
  flags,
  details: [
    'With NAME it is what the values of a release give, of which no state is known. With --world or --live it is what a cluster has, with the state of each.',
  ],
  example: 'graph kubebyon --chart multi-node -f values.yaml -o svg > entries.svg',
  run: async (args) => {
    checkGraphUsage(args);
    const { runGraph } = await import('../graph/run-graph.ts');
    return runGraph(args);
  },
});
