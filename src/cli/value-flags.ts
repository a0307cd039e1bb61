import type { Release } from '../library/release.ts';
import type { ChartName } from '../values/chart-name.ts';
import { type Arguments, type Flag, lastOf } from './arguments.ts';
import { UsageError } from './usage.ts';

export const CHARTS = ['single-node', 'multi-node'] as const satisfies readonly ChartName[];

/** The chart, for commands that need nothing else. */
export const chartFlag = {
  name: 'chart',
  argument: 'CHART',
  choices: CHARTS,
  description: 'single-node (the default) or multi-node',
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
  return CHARTS.find((chart) => chart === name) ?? 'single-node';
}

/** The release that the command line names; its name is the first word. */
export function releaseOf(args: Arguments<ValueFlag>): Release {
  const namespace = lastOf(args, 'namespace');
  const version = versionOf(args, 'chart-version', CHART_VERSION);
  const appVersion = versionOf(args, 'app-version', APP_VERSION);
  return {
    name: args.positionals[0] ?? '',
    ...(namespace === undefined ? {} : { namespace }),
    ...(version === undefined ? {} : { version }),
    ...(appVersion === undefined ? {} : { appVersion }),
  };
}

/** Helm takes SemVer 2 only. */
const CHART_VERSION = {
  pattern: /^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]{1,40})?(\+[0-9A-Za-z.-]{1,40})?$/,
  expected: 'a semantic version, as in 1.4.2',
};

/** It becomes the tag of images. */
const APP_VERSION = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
  expected: 'a version that can be the tag of an image, as in 1.4.2',
};

function versionOf(
  args: Arguments<ValueFlag>,
  flag: 'chart-version' | 'app-version',
  { pattern, expected }: { readonly pattern: RegExp; readonly expected: string },
): string | undefined {
  const version = lastOf(args, flag);
  if (version === undefined || pattern.test(version)) return version;
  throw new UsageError(
    `--${flag}: expected ${expected}, found ${JSON.stringify(version)}`,
    'change the version',
  );
}
