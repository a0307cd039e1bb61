import { type Arguments, lastOf } from '../input/arguments.ts';
import type { ValueFlag } from '../input/value-flags.ts';
import { UsageError } from '../usage.ts';

/** The flags of `graph`. */
export type GraphFlag = ValueFlag | 'world' | 'group' | 'output';

/** @throws UsageError when it is not said what is drawn, or twice. */
export function checkGraphUsage(args: Arguments<GraphFlag>): void {
  const [name] = args.positionals;
  const world = lastOf(args, 'world');
  if (name === undefined && world === undefined)
    throw new UsageError('graph needs NAME or --world FILE', 'write graph NAME -f values.yaml');
  if (name !== undefined && world !== undefined) {
    throw new UsageError(
      `--world is what a cluster has, ${JSON.stringify(name)} a release of values`,
      'leave one of them out',
    );
  }
}
