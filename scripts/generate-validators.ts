import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import { CHARTS } from '../src/chart/charts.ts';
import { openSchemaOfValues } from '../src/values/json-schema.ts';
import { shareRepeated } from './share-repeated.ts';
import { shrinkValidators } from './shrink-validators.ts';

const ENTRY = 'validators';
const CODE = 'validators-code';
const AJV_EQUAL = 'ajv/dist/runtime/equal';
const PLAIN_EQUAL = fileURLToPath(new URL('plain-equal.ts', import.meta.url));

/**
 * Compiles the JSON Schemas of the values to plain functions, so that checking values loads neither ajv nor a
 * schema. What the functions need of ajv's runtime is bundled in.
 */
export async function validatorsSource(): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    allowUnionTypes: true,
    strict: true,
    strictTypes: false,
    code: { source: true, esm: true },
    inlineRefs: false,
    unicodeRegExp: true,
    schemas: shareRepeated(
      Object.fromEntries(CHARTS.map(({ id, values }) => [idOf(id), openSchemaOfValues(values)])),
    ),
  });
  const ids = CHARTS.map(({ id }) => idOf(id));
  const code = standalone.default(ajv, Object.fromEntries(ids.map((id) => [id, id])));
  const record = CHARTS.map(({ id }) => `${JSON.stringify(id)}: ${idOf(id)}`).join(', ');
  return bundle(
    shrinkValidators(code),
    `import { ${ids.join(', ')} } from ${JSON.stringify(CODE)};\nexport const validators = { ${record} };\n`,
  );
}

/** A name for the validator of a chart. */
function idOf(chart: string): string {
  return `validate_${chart.replaceAll('-', '_')}`;
}

async function bundle(code: string, entry: string): Promise<string> {
  const build = await rolldown({
    input: ENTRY,
    platform: 'neutral',
    plugins: [
      {
        name: 'generated-entry',
        resolveId: (id) => (id === ENTRY || id === CODE ? id : id === AJV_EQUAL ? PLAIN_EQUAL : null),
        load: (id) => (id === ENTRY ? entry : id === CODE ? code : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true, comments: false });
  await build.close();
  return output[0].code;
}
