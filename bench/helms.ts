import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputFolder } from '../tools/lib/paths.ts';
import { RELEASE } from './example.ts';

export interface Helm {
  /** As people call it, such as `Helm 3.17`. */
  readonly name: string;
  readonly file: string;
}

const PROGRAMS = join(outputFolder, 'bin');
const CHART = fileURLToPath(new URL('../charts/kubebyon-multi-node', import.meta.url));

/** The Helms that the conformance tests have built. */
export function helms(): readonly Helm[] {
  const names = existsSync(PROGRAMS) ? readdirSync(PROGRAMS).sort() : [];
  return names.flatMap((name) => {
    const version = /^helm-(\d+\.\d+)$/.exec(name)?.[1];
    return version === undefined ? [] : [{ name: `Helm ${version}`, file: join(PROGRAMS, name) }];
  });
}

/** Arguments that print the generated chart. Older Helms stand in for a Kubernetes older than the chart takes. */
export function templateArguments(valuesFile: string): readonly string[] {
  const { name, namespace = 'default' } = RELEASE;
  const release = ['template', name, CHART, '--namespace', namespace, '--kube-version', '1.33.0'];
  return [...release, '--values', valuesFile];
}

/** Environment of a Helm: no settings, plugins or cluster of the person who measures. */
export function helmEnvironment(home: string): NodeJS.ProcessEnv {
  return { HOME: home, KUBECONFIG: '/dev/null', PATH: process.env.PATH, HELM_NO_PLUGINS: '1' };
}
