import { OBSERVING_FLAGS, observingOptions } from '../bundle/observing-flags.ts';
import { command } from '../command.ts';
import { type Flag, isOn, lastOf } from '../input/arguments.ts';
import { PERMISSIONS } from '../input/process-flags.ts';
import { GATEWAY_NAMESPACE } from '../operator/flags.ts';

const flags = [
  ...OBSERVING_FLAGS,
  {
    name: 'mask',
    description: 'give clusters, their namespaces and hostnames other names; the plan stays the same',
  },
  PERMISSIONS,
  GATEWAY_NAMESPACE,
  {
    name: 'out',
    argument: 'FILE',
    description: 'write there instead of standard output; what is there is replaced',
  },
] as const satisfies readonly Flag[];

export const bundle = command({
  name: 'bundle',
  summary: 'Write everything that the planner sees of a live cluster as one World file.',
  words: [],
  flags,
  details: [
    'Reads as sync --dry-run does, with the same permissions, and writes nothing to the cluster. What plan says of the file is what sync would plan. Nothing of a Secret but its name, its type and what its certificate says is in it, and no token.',
    '--permissions prints the Roles that it needs, with the namespace of --env-from as that of the release. What may not be read is named and marked as incomplete.',
    'Ends with 1 and names what is missing when not everything could be read in time; what was read is written all the same, marked as incomplete.',
  ],
  example: 'bundle --env-from deployment/kubebyon-system/kubebyon-kubebyon-api --out world.json',
  run: async (args) => {
    const options = observingOptions(args);
    if (isOn(args, 'permissions')) {
      const { bundleRoles } = await import('../bundle/bundle-roles.ts');
      return bundleRoles(options.envFrom, args.given('gateway-namespace'));
    }
    const { runBundle } = await import('../bundle/run-bundle.ts');
    return runBundle({ ...options, out: lastOf(args, 'out'), mask: isOn(args, 'mask') });
  },
});
