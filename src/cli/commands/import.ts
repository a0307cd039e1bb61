import { command } from '../command.ts';
import type { Flag } from '../input/arguments.ts';
import { outputFlag } from '../input/output-flag.ts';
import { KUBECONFIG, PERMISSIONS } from '../input/process-flags.ts';
import { valueFlags } from '../input/value-flags.ts';

const flags = [
  ...valueFlags.filter(({ name }) => !name.startsWith('set')),
  KUBECONFIG,
  PERMISSIONS,
  {
    name: 'out',
    argument: 'FILE',
    description: 'write the values that this chart takes there, as YAML; what is there is replaced',
  },
  { name: 'offline', description: 'look at the values alone, and at no cluster' },
  outputFlag(['text', 'json'], 'text (the default), or json: what is left out, and what changes'),
] as const satisfies readonly Flag[];

export const importRelease = command({
  name: 'import',
  summary: 'Say what this chart would change of a release of another chart or version.',
  words: ['NAME'],
  flags,
  details: [
    'Reads the values of a release as helm get values NAME -o yaml prints them (-f, "-" for standard input), leaves out keys that this chart does not have, and compares what it gives with the objects of the release on the cluster.',
    'Ends with 0 when nothing is left out and nothing changes, with 3 when something is or does, and with 1 when what is left of the values has errors.',
  ],
  example: 'import kubebyon --offline -f values.yaml',
  run: async (args) => {
    const { runImport } = await import('../import/run-import.ts');
    return runImport(args);
  },
});
