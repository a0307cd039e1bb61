import { CHART_NAMES, CHARTS, type ChartName } from '../../chart/charts.ts';
import type { Release } from '../../library/release.ts';
import { type Arguments, type Flag, lastOf } from './arguments.ts';
import { APP_VERSION_GRAMMAR, CHART_VERSION_GRAMMAR, versionOf } from './version-flags.ts';

/** The chart of a command line that names none. */
const DEFAULT_CHART: ChartName = CHARTS[0].id;

/** The chart, for commands that need nothing else. */
export const chartFlag = {
  name: 'chart',
  argument: 'CHART',
  choices: CHART_NAMES,
  description: CHART_NAMES.map((name) => (name === DEFAULT_CHART ? `${name} (the default)` : name)).join(
    ' or ',
  ),
} as const satisfies Flag;

/** Where values come from; each flag means what it means in Helm. */
export const valueFlags = [
  chartFlag,
  {
    name: 'namespace',
    short: 'n',
    argument: 'NAMESPACE',
    description: 'namespace of the release; "default" if not given',
  },
  {
    name: 'values',
    short: 'f',
    argument: 'FILE',
    description: 'values file, "-" for standard input; may be repeated or a,b, later files win',
  },
  { name: 'set', argument: 'K=V', description: 'set values: a.b=1,c={x,y}' },
  { name: 'set-string', argument: 'K=V', description: 'set values as texts' },
  { name: 'set-json', argument: 'K=JSON', description: 'set values from JSON: a.b={"c":1}' },
  { name: 'set-file', argument: 'K=FILE', description: 'set values to the content of files' },
  { name: 'set-literal', argument: 'K=V', description: 'set one value to a text as it stands' },
  {
    name: 'chart-version',
    argument: 'VERSION',
    description: 'version of the chart, as in the label helm.sh/chart',
  },
  {
    name: 'app-version',
    argument: 'VERSION',
    description: 'version of KubeBYON, the tag of its images unless values say otherwise',
  },
] as const satisfies readonly Flag[];

export type ValueFlag = (typeof valueFlags)[number]['name'];

/** The chart that the command line names. */
export function chartOf(args: Arguments<'chart'>): ChartName {
  const name = lastOf(args, 'chart');
  return CHART_NAMES.find((chart) => chart === name) ?? DEFAULT_CHART;
}

/** The release that the command line names; its name is the first word. */
export function releaseOf(args: Arguments<ValueFlag>): Release {
  const namespace = lastOf(args, 'namespace');
  const version = versionOf(args, 'chart-version', CHART_VERSION_GRAMMAR);
  const appVersion = versionOf(args, 'app-version', APP_VERSION_GRAMMAR);
  return {
    name: args.positionals[0] ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    ...(version === undefined ? {} : { version }),
    ...(appVersion === undefined ? {} : { appVersion }),
  };
}
