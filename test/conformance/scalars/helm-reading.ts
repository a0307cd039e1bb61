import { fileURLToPath } from 'node:url';
import type { HelmVersion } from '../support/helm.ts';
import { type BatchJob, type Rendering, renderAll } from '../support/helm-batch.ts';

/** What a reader makes of a values file: the whole file's values, or a refusal. */
export type Reading = { readonly ok: true; readonly values: unknown } | { readonly ok: false };

const probe = {
  chart: fileURLToPath(new URL('fixtures/probe-chart', import.meta.url)),
  name: 'probe',
  namespace: 'default',
} as const;

/**
 * Helm's reading of values files, given as texts: each one goes through `helm template` of a chart that prints
 * `toJson .Values`. The answers keep the order of the texts.
 */
export async function readWithHelm(
  version: HelmVersion,
  texts: readonly string[],
): Promise<readonly Reading[]> {
  return readAll(
    version,
    texts.map((text) => ({ ...probe, inline: [text], valueFiles: ['inline:0'] })),
  );
}

/** The same for files on disk, which may hold any bytes. */
export async function readFilesWithHelm(
  version: HelmVersion,
  files: readonly string[],
): Promise<readonly Reading[]> {
  return readAll(
    version,
    files.map((file) => ({ ...probe, valueFiles: [file] })),
  );
}

async function readAll(version: HelmVersion, jobs: readonly BatchJob[]): Promise<readonly Reading[]> {
  return (await renderAll(version, jobs)).map(toReading);
}

function toReading(rendering: Rendering): Reading {
  if (!rendering.ok) return { ok: false };
  const printed = /^values: (\S+)$/m.exec(rendering.output)?.[1] ?? '';
  return { ok: true, values: JSON.parse(Buffer.from(printed, 'base64').toString()) };
}
