import { spawnSync } from 'node:child_process';
import { CHART_NAMES, CHARTS, type ChartName, chartNamed } from '../src/chart/charts.ts';
import { chartFiles } from '../src/helm/chart-files.ts';
import { jsonSchema } from '../src/library/json-schema.ts';
import { APP_VERSION, VERSION } from '../src/library/version.ts';
import { REPORT_SCHEMA } from '../src/operator/checks/schema.ts';
import { diffSchema } from '../src/operator/diff/schema.ts';
import { graphSchema } from '../src/operator/graph/schema.ts';
import { importSchema } from '../src/operator/import/schema.ts';
import { worldPage } from '../src/planner/world/definition/world-page.ts';
import { worldSchema } from '../src/planner/world/definition/world-schema.ts';
import { foldedJsonText } from '../src/text/json-text.ts';
import { referencePage } from '../src/values/reference-page.ts';
import { checksPage } from './checks-page.ts';
import { diffPage } from './diff-page.ts';
import { generatedCode } from './generated-code.ts';
import { piecesPart } from './kubernetes/pages.ts';
import { problemsPage } from './problems-page.ts';
import { thirdPartyNotices } from './third-party.ts';
import {
  driftOf,
  GENERATED_CODE,
  type GeneratedFiles,
  removeStale,
  staleIn,
  writeGenerated,
} from './write-generated.ts';

const CHARTS_FOLDER = 'charts';

/** Folders in which everything is generated: what is there and not written is left over. */
const GENERATED_FOLDERS = [CHARTS_FOLDER, GENERATED_CODE];

/** Everything that is written from the definitions, by path. */
export async function generatedFiles(): Promise<GeneratedFiles> {
  return new Map([
    ...(await generatedCode()),
    ...CHART_NAMES.flatMap((chart): readonly (readonly [string, string])[] => [
      ...chartFolder(chart),
      [`schemas/${chart}.schema.json`, foldedJsonText(jsonSchema(chart))],
    ]),
    ['schemas/world.schema.json', foldedJsonText(worldSchema())],
    ['schemas/diff.schema.json', foldedJsonText(diffSchema())],
    ['schemas/graph.schema.json', foldedJsonText(graphSchema())],
    ['schemas/import.schema.json', foldedJsonText(importSchema())],
    ['docs/diff.md', diffPage()],
    ['docs/values.md', valuesPage()],
    ['docs/world.md', worldPage()],
    ['docs/problems.md', problemsPage()],
    ['docs/checks.md', checksPage()],
    ['schemas/checks.schema.json', foldedJsonText(REPORT_SCHEMA)],
    ['THIRD-PARTY.md', await thirdPartyNotices()],
  ]);
}

/** One page for all charts: that with the most keys, and what only some of them have. */
function valuesPage(): string {
  const mostFirst = [...CHARTS].sort((a, b) => keysOf(b).length - keysOf(a).length);
  const fields = Object.assign({}, ...mostFirst.map(({ values }) => values.fields));
  const notes = Object.keys(fields).flatMap((key) => {
    const having = CHARTS.filter((chart) => keysOf(chart).includes(key)).map(({ id }) => id);
    return having.length === CHARTS.length ? [] : [[key, `Only in the ${having.join(' and ')} chart.`]];
  });
  const constraints = new Set(CHARTS.flatMap((chart) => chart.constraints));
  return referencePage({
    definition: { ...CHARTS[0].values, fields },
    notes: Object.fromEntries(notes),
    constraints: [...constraints],
    parts: piecesPart(),
  });
}

function keysOf({ values }: (typeof CHARTS)[number]): readonly string[] {
  return Object.keys(values.fields);
}

/** The chart of this version, below `charts/`. */
function chartFolder(chart: ChartName): readonly (readonly [string, string])[] {
  const files = chartFiles(chart, { version: VERSION, appVersion: APP_VERSION });
  return [...files].map(
    ([path, text]) => [`${CHARTS_FOLDER}/${chartNamed(chart).name}/${path}`, text] as const,
  );
}

/** The generated files that are missing, differ, or are left over. */
export async function currentDrift(files: GeneratedFiles): Promise<readonly string[]> {
  return [...(await driftOf(files)), ...(await staleIn(files, GENERATED_FOLDERS))];
}

/** `--check` reports drift and changes nothing. */
async function main(): Promise<void> {
  const files = await generatedFiles();
  if (process.argv.includes('--check')) {
    const drifted = await currentDrift(files);
    for (const path of drifted) console.error(`${path} is not current: run "npm run generate"`);
    process.exitCode = drifted.length === 0 ? 0 : 1;
    return;
  }
  const written = await writeGenerated(files);
  for (const path of written) console.log(`wrote ${path}`);
  // Charts are made from generated sources too, and this process has loaded those of before.
  if (written.some((path) => path.startsWith('src/'))) {
    spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit' });
  }
  for (const path of await removeStale(files, GENERATED_FOLDERS)) console.log(`removed ${path}`);
}

if (import.meta.main) await main();
