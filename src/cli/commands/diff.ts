import { command } from '../command.ts';
import { checkDiffUsage } from '../diff/options.ts';
import type { Flag } from '../input/arguments.ts';
import { outputFlag } from '../input/output-flag.ts';
import { KUBECONFIG, PERMISSIONS } from '../input/process-flags.ts';
import { valueFlags } from '../input/value-flags.ts';

const flags = [
  ...valueFlags,
  {
    name: 'to',
    argument: 'FILE',
    description:
      'values file of the new side, in the place of -f and --set; may be repeated or a,b, later files win',
  },
  { name: 'to-set', argument: 'K=V', description: 'set values of the new side' },
  { name: 'to-set-string', argument: 'K=V', description: 'set values of the new side as texts' },
  {
    name: 'to-chart-version',
    argument: 'VERSION',
    description: 'version of the chart of the new side',
  },
  {
    name: 'to-app-version',
    argument: 'VERSION',
    description: 'version of KubeBYON of the new side',
  },
  {
    name: 'live',
    description: "the old side is the release's objects on the cluster, the new one what the values give",
  },
  KUBECONFIG,
  PERMISSIONS,
  outputFlag(
    ['text', 'json', 'markdown', 'github'],
    'text (the default), json (one object), markdown (for a pull request), or github (annotations)',
  ),
] as const satisfies readonly Flag[];

export const diff = command({
  name: 'diff',
  summary: 'Say what other values change, by object and field, and what that means.',
  words: ['NAME'],
  flags,
  details: [
    'Without --to the new side has the values of the old one, with --to-set on top. Elements of lists are compared by name. What stands in Secrets, and in variables that are named like one, is not shown.',
    'Each consequence names its rule (docs/diff.md): an outage loses requests or the upgrade itself, a risk wants a look before it, a notice is to be expected. Ends with exit code 3 when anything changes, and with 0 when nothing does.',
    '--live needs get of the objects of the release and list of their kinds in its namespaces, which --permissions prints as Roles; what may not be read is named, and the rest is compared.',
  ],
  example: 'diff kubebyon --chart multi-node -f values.yaml --to-set api.replicas=3',
  run: async (args) => {
    checkDiffUsage(args);
    const { runDiff } = await import('../diff/run-diff.ts');
    return runDiff(args);
  },
});
