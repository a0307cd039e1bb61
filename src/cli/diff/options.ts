import { type Arguments, isOn, lastOf } from '../input/arguments.ts';
import type { ValueFlag } from '../input/value-flags.ts';
import { UsageError } from '../usage.ts';

/** The flags of `diff` besides those that say where values come from. */
export type DiffFlag =
  | ValueFlag
  | 'to'
  | 'to-set'
  | 'to-set-string'
  | 'to-chart-version'
  | 'to-app-version'
  | 'live'
  | 'permissions'
  | 'kubeconfig'
  | 'output';

/** Flags of the new side by those of the old one that they stand for. */
const TO_FLAGS: Readonly<Partial<Record<ValueFlag, DiffFlag>>> = {
  values: 'to',
  set: 'to-set',
  'set-string': 'to-set-string',
  'chart-version': 'to-chart-version',
  'app-version': 'to-app-version',
};

const OF_VALUES: readonly ValueFlag[] = [
  'values',
  'set',
  'set-string',
  'set-json',
  'set-file',
  'set-literal',
];

/**
 * The command line of the new side: with --to its files in the place of all values of the old side; what is set with --to-set
 * comes on top.
 */
export function newSide(args: Arguments<DiffFlag>): Arguments<ValueFlag> {
  const isReplaced = args.given('to').length > 0;
  return {
    positionals: args.positionals,
    given: (flag) => {
      const own = TO_FLAGS[flag];
      const added = own === undefined ? [] : args.given(own);
      return isReplaced && OF_VALUES.includes(flag) ? added : [...args.given(flag), ...added];
    },
  };
}

/** @throws UsageError for flags that have no meaning together, and when there is nothing to compare with. */
export function checkDiffUsage(args: Arguments<DiffFlag>): void {
  const given = Object.values(TO_FLAGS).filter((flag) => args.given(flag).length > 0);
  const [first] = given;
  if (isOn(args, 'live') && first !== undefined) {
    throw new UsageError(
      `--live compares the cluster with what -f and --set give, --${first} is of another comparison`,
      'leave one of them out',
    );
  }
  if (!isOn(args, 'live') && first === undefined) {
    throw new UsageError(
      'diff needs something to compare with',
      'add --to NEW.yaml, --to-set KEY=VALUE, or --live for the objects of the cluster',
    );
  }
  if (!isOn(args, 'live') && isOn(args, 'permissions'))
    throw new UsageError('--permissions is for --live', 'add --live');
  if (!isOn(args, 'live') && lastOf(args, 'kubeconfig') !== undefined)
    throw new UsageError('--kubeconfig is for --live', 'add --live');
}
