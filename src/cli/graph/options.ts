import type { ObservingFlag } from '../bundle/observing-flags.ts';
import { type Arguments, isOn, lastOf } from '../input/arguments.ts';
import type { ValueFlag } from '../input/value-flags.ts';
import { UsageError } from '../usage.ts';

/** The flags of `graph`. */
export type GraphFlag = ValueFlag | ObservingFlag | 'world' | 'live' | 'group' | 'output';

/** @throws UsageError when it is not said what is drawn, or twice. */
export function checkGraphUsage(args: Arguments<GraphFlag>): void {
  const [name] = args.positionals;
  const given = [
    ...(name === undefined ? [] : [`the release ${JSON.stringify(name)}`]),
    ...(lastOf(args, 'world') === undefined ? [] : ['--world']),
    ...(isOn(args, 'live') ? ['--live'] : []),
  ];
  if (given.length === 0)
    throw new UsageError('graph needs NAME, --world FILE or --live', 'write graph NAME -f values.yaml');
  if (given.length > 1)
    throw new UsageError(`graph draws one thing, found ${given.join(' and ')}`, 'leave one of them out');
}
