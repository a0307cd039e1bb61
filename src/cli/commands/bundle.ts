import { command } from '../command.ts';
import { type Arguments, type Flag, lastOf } from '../input/arguments.ts';
import { KUBECONFIG } from '../input/process-flags.ts';
import { syncOptions } from './sync.ts';

const flags = [
  {
    name: 'inventory',
    argument: 'SOURCE',
    description: 'where the clusters stand, as for sync: edgecluster (the default), file=PATH, or http=URL',
  },
  {
    name: 'inventory-token-file',
    argument: 'FILE',
    description: 'file with the bearer token for http=URL',
  },
  KUBECONFIG,
  {
    name: 'env-from',
    argument: 'deployment/NS/NAME',
    description: 'takes the variables of a Deployment that runs instead of the environment',
  },
  { name: 'timeout', argument: 'DURATION', description: 'how long it reads at most: 60s unless given' },
  {
    name: 'dns-server',
    argument: 'HOST[:PORT]',
    description: 'a DNS server that is asked about hostnames; may be given several times',
  },
  {
    name: 'protected-cidr',
    argument: 'CIDR',
    description: 'a network of the host that no cluster may name; may be given several times',
  },
  {
    name: 'out',
    argument: 'FILE',
    description: 'write there instead of standard output; what is there is replaced',
  },
] as const satisfies readonly Flag[];

type Name = (typeof flags)[number]['name'];

export const bundle = command({
  name: 'bundle',
  summary: 'Write everything that the planner sees of a live cluster as one World file.',
  words: [],
  flags,
  details: [
    'Reads as sync --dry-run does, with the same permissions, and writes nothing to the cluster. What plan says of the file is what sync would plan. Nothing of a Secret but its name, its type and what its certificate says is in it, and no token.',
    'Ends with 1 and names what is missing when not everything could be read in time; what was read is written all the same, marked as incomplete.',
  ],
  example: 'bundle --env-from deployment/kubebyon-system/kubebyon-api --out world.json',
  run: async (args) => {
    const options = syncOptions(asForSync(args));
    const { runBundle } = await import('../bundle/run-bundle.ts');
    return runBundle({ ...options, out: lastOf(args, 'out') });
  },
});

/** The command line as that of a sync that writes nothing. */
function asForSync(args: Arguments<Name>): Parameters<typeof syncOptions>[0] {
  const own: readonly string[] = flags.map(({ name }) => name);
  const isOwn = (name: string): name is Name => own.includes(name);
  return {
    positionals: [],
    given: (flag) => (flag === 'dry-run' ? ['true'] : isOwn(flag) ? args.given(flag) : []),
  };
}
