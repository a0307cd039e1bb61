import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHART_NAMES } from '../../src/chart/charts.ts';
import {
  type ChartName,
  type LoadedValues,
  loadValues,
  type Problem,
  type Release,
  type Rendered,
  render,
} from '../../src/index.ts';
import { readDocument } from '../../src/yaml/index.ts';

/** What a problem of a case must be; the wording is free. */
export type ExpectedProblem = Pick<Problem, 'severity' | 'code' | 'path' | 'line' | 'column'>;

/**
 * A case: the folder `fixtures/<chart>/<name>` with `values.yaml`, and, where they differ from the usual,
 * `release.yaml` (`name` and `namespace`, `version` and `appVersion` if need be; else {@link USUAL_RELEASE}) and `problems.json` (the expected problems; else
 * none). A case without errors has its golden in `golden/<chart>/<name>.yaml`.
 */
export interface Case {
  readonly chart: ChartName;
  readonly name: string;
  /** Text of values.yaml. */
  readonly values: string;
  readonly release: Release & { readonly namespace: string };
  readonly problems: readonly ExpectedProblem[];
}

const ROOT = resolve(import.meta.dirname, '../..');
const CHARTS = CHART_NAMES;

export const GOLDEN_FOLDER = join(ROOT, 'golden');
export const FIXTURES_FOLDER = join(ROOT, 'fixtures');

/** The release of a case that has no release.yaml. */
export const USUAL_RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' } as const;

/** Every case of both charts, by chart and name. */
export function readCases(): readonly Case[] {
  return CHARTS.flatMap((chart) =>
    readdirSync(join(FIXTURES_FOLDER, chart))
      .toSorted()
      .map((name) => readCase(chart, name)),
  );
}

export function readCase(chart: ChartName, name: string): Case {
  const folder = join(FIXTURES_FOLDER, chart, name);
  const values = readFileSync(join(folder, 'values.yaml'), 'utf8');
  return { chart, name, values, release: readRelease(folder), problems: readProblems(folder) };
}

/** The values of a case, loaded as `-f values.yaml` would be. */
export function loadCase({ chart, values }: Case): LoadedValues {
  return loadValues(chart, [{ kind: 'file', name: 'values.yaml', text: values }]);
}

const renders = new Map<string, Rendered>();

/** The render of a case, made once for a test file. */
export function renderCase(aCase: Case): Rendered {
  const key = `${aCase.chart}/${aCase.name}`;
  const known = renders.get(key);
  if (known !== undefined) return known;
  const made = render(loadCase(aCase), aCase.release);
  renders.set(key, made);
  return made;
}

/** Path of a case's golden under {@link GOLDEN_FOLDER}; undefined when the case must fail. */
export function goldenOf({ chart, name, problems }: Case): string | undefined {
  return problems.some(({ severity }) => severity === 'error') ? undefined : join(chart, `${name}.yaml`);
}

/** What a problem is, without its wording and file. */
export function identified({ severity, code, path, line, column }: Problem): ExpectedProblem {
  return { severity, code, path, line, column };
}

function readRelease(folder: string): Case['release'] {
  const file = join(folder, 'release.yaml');
  if (!existsSync(file)) return USUAL_RELEASE;
  const read = readDocument(readFileSync(file, 'utf8'), { file });
  if (!read.ok) throw new Error(`${file} cannot be read`);
  const { name, namespace, ...versions } = read.value as Partial<Record<string, unknown>>;
  if (typeof name !== 'string' || typeof namespace !== 'string')
    throw new Error(`${file} needs the texts name and namespace`);
  // What is left is the versions, which a case writes as texts.
  return { name, namespace, ...(versions as Pick<Release, 'version' | 'appVersion'>) };
}

function readProblems(folder: string): readonly ExpectedProblem[] {
  const file = join(folder, 'problems.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}
