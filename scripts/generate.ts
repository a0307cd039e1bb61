import { charts } from '../src/values/chart-definition.ts';
import { constraints } from '../src/values/constraints/index.ts';
import { jsonSchema } from '../src/values/json-schema.ts';
import { referencePage } from '../src/values/reference-page.ts';
import { validatorsSource } from './generate-validators.ts';
import { driftOf, type GeneratedFiles, writeGenerated } from './write-generated.ts';

/** Everything that is written from the definitions, by path. */
export async function generatedFiles(): Promise<GeneratedFiles> {
  return new Map([
    ['schemas/single-node.schema.json', jsonText(jsonSchema('single-node'))],
    ['schemas/multi-node.schema.json', jsonText(jsonSchema('multi-node'))],
    ['src/values/validators.generated.js', await validatorsSource()],
    ['docs/values.md', valuesPage()],
  ]);
}

/** One page for both charts: the multi-node chart has every key of the single-node chart. */
function valuesPage(): string {
  return referencePage({
    definition: charts['multi-node'],
    notes: { worker: 'Only in the multi-node chart.' },
    constraints: constraints['multi-node'],
  });
}

function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** `--check` reports drift and changes nothing. */
async function main(): Promise<void> {
  const files = await generatedFiles();
  if (process.argv.includes('--check')) {
    const drifted = await driftOf(files);
    for (const path of drifted) console.error(`${path} is not current: run "npm run generate"`);
    process.exitCode = drifted.length === 0 ? 0 : 1;
    return;
  }
  for (const path of await writeGenerated(files)) console.log(`wrote ${path}`);
}

if (import.meta.main) await main();
