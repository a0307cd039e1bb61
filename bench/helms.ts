import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartNamed } from '../src/chart/charts.ts';
import { openSchemaOfValues } from '../src/values/json-schema.ts';
import { outputFolder } from '../tools/lib/paths.ts';
import { RELEASE } from './example.ts';
import { HELMS } from './rows.ts';

export interface Helm {
  /** As people call it, such as `Helm 3.17`. */
  readonly name: string;
  readonly file: string;
}

const PROGRAMS = join(outputFolder, 'bin');
const CHART = fileURLToPath(new URL('../charts/kubebyon-multi-node', import.meta.url));

/** The Helms that the conformance tests have built. */
export function helms(): readonly Helm[] {
  return HELMS.map(({ name, program }) => ({ name, file: join(PROGRAMS, program) })).filter(({ file }) =>
    existsSync(file),
  );
}

/**
 * Copies the generated chart into a folder, with a schema that takes anything for a piece of a manifest: what Helm did
 * before it checked them.
 */
export function openChart(folder: string): string {
  const copy = join(folder, 'open');
  cpSync(CHART, copy, { recursive: true });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...openSchemaOfValues(chartNamed('multi-node').values),
  };
  writeFileSync(join(copy, 'values.schema.json'), JSON.stringify(schema, null, 2));
  return copy;
}

/** Arguments that print the generated chart. Older Helms stand in for a Kubernetes older than the chart takes. */
export function templateArguments(valuesFile: string, chart = CHART): readonly string[] {
  const { name, namespace = 'default' } = RELEASE;
  const release = ['template', name, chart, '--namespace', namespace, '--kube-version', '1.33.0'];
  return [...release, '--values', valuesFile];
}

/** Environment of a Helm: no settings, plugins or cluster of the person who measures. */
export function helmEnvironment(home: string): Readonly<Record<string, string>> {
  return { HOME: home, KUBECONFIG: '/dev/null', PATH: process.env.PATH ?? '', HELM_NO_PLUGINS: '1' };
}
