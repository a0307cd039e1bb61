import { dirname, join } from 'node:path';

import { outputFolder } from '../../../tools/lib/paths.ts';
import { makeProcessFolder } from '../../../tools/lib/process-folder.ts';
import { type ProgramResult, runProgram } from './program.ts';
import { toolPath } from './tools.ts';

/** The supported Helms: the oldest and the newest of Helm 3, and Helm 4. */
export const helmVersions = ['3.17', '3.22', '4.3'] as const;
export type HelmVersion = (typeof helmVersions)[number];

/** Where the values of a release come from, in Helm's own terms; each flag keeps the order within its list. */
export interface ValueSources {
  readonly valueFiles?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setJson?: readonly string[];
  readonly setFile?: readonly string[];
  readonly setLiteral?: readonly string[];
}

/** One `helm template NAME CHART`; absolute paths. */
export interface TemplateJob extends ValueSources {
  readonly chart: string;
  readonly name: string;
  readonly namespace: string;
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
  readonly includeCrds?: boolean;
  readonly noHooks?: boolean;
  readonly skipTests?: boolean;
  readonly isUpgrade?: boolean;
  readonly skipSchemaValidation?: boolean;
}

/** Command-line flags that hand over values: `['-f', 'a.yaml', '--set', 'b=1']`. */
export function valueFlags(sources: ValueSources): readonly string[] {
  return [
    ...flag('-f', sources.valueFiles),
    ...flag('--set', sources.set),
    ...flag('--set-string', sources.setString),
    ...flag('--set-json', sources.setJson),
    ...flag('--set-file', sources.setFile),
    ...flag('--set-literal', sources.setLiteral),
  ];
}

function flag(name: string, values: readonly string[] = []): readonly string[] {
  return values.flatMap((value) => [name, value]);
}

/** Command line of a job: `['template', 'kubebyon', '/charts/multi-node', '-n', ...]`. */
export function templateArguments(job: TemplateJob): readonly string[] {
  return [
    ...['template', job.name, job.chart, '--namespace', job.namespace],
    ...valueFlags(job),
    ...flag('--api-versions', job.apiVersions),
    ...(job.kubeVersion === undefined ? [] : ['--kube-version', job.kubeVersion]),
    ...(job.includeCrds === true ? ['--include-crds'] : []),
    ...(job.noHooks === true ? ['--no-hooks'] : []),
    ...(job.skipTests === true ? ['--skip-tests'] : []),
    ...(job.isUpgrade === true ? ['--is-upgrade'] : []),
    ...(job.skipSchemaValidation === true ? ['--skip-schema-validation'] : []),
  ];
}

export interface HelmOptions {
  /** Kubeconfig file of the cluster; without it Helm finds no cluster at all. */
  readonly kubeconfig?: string;
  /** Text on standard input, which `-f -` reads. */
  readonly input?: string;
  /** Milliseconds; 120,000 unless given. */
  readonly timeout?: number;
}

/**
 * Runs one helm command of a version, such as `helm('4.3', ['upgrade', 'kubebyon', chart, '-n', 'x', ...valueFlags(v)])`.
 * It sees no settings, plugins or cluster of the person who runs the tests.
 */
export function helm(
  version: HelmVersion,
  args: readonly string[],
  options: HelmOptions = {},
): Promise<ProgramResult> {
  const { kubeconfig, input, timeout = 120_000 } = options;
  const env = helmEnvironment(kubeconfig);
  return runProgram(toolPath(`helm-${version}`), args, {
    env,
    timeout,
    ...(input === undefined ? {} : { input }),
  });
}

let emptyHome: string | undefined;

function homeWithoutCluster(): string {
  emptyHome ??= makeProcessFolder(join(outputFolder, 'homes')).path;
  return emptyHome;
}

/**
 * Environment of a Helm: nothing of the person who runs the tests. What it caches about a cluster lies beside the
 * kubeconfig and goes with the cluster; without a cluster its home is an empty folder of this process.
 */
export function helmEnvironment(kubeconfig?: string): Readonly<Record<string, string>> {
  return {
    HOME: kubeconfig === undefined ? homeWithoutCluster() : dirname(kubeconfig),
    KUBECONFIG: kubeconfig ?? '/dev/null',
    PATH: process.env.PATH ?? '',
    HELM_NO_PLUGINS: '1',
  };
}
