import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import type { DataMap } from '../src/template/index.ts';
import { shareRepeated } from './share-repeated.ts';
import { shrinkValidators } from './shrink-validators.ts';

const ENTRY = 'validators';
const CODE = 'validators-code';
const AJV_EQUAL = 'ajv/dist/runtime/equal';
const PLAIN_EQUAL = fileURLToPath(new URL('plain-equal.ts', import.meta.url));

/**
 * Compiles JSON Schemas to a module that exports plain functions, `validators`, by their names: checking loads neither
 * ajv nor a schema. What the functions need of ajv's runtime is bundled in.
 *
 * @param parameters the parameters of errors that somebody reads.
 */
export async function compileValidators(
  schemas: Readonly<Record<string, DataMap>>,
  parameters: readonly string[],
): Promise<string> {
  const names = Object.keys(schemas);
  const ids = Object.fromEntries(names.map((name) => [idOf(name), idOf(name)]));
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
      Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [idOf(name), schema])),
    ),
  });
  const code = shrinkValidators(standalone.default(ajv, ids), parameters);
  const record = names.map((name) => `${JSON.stringify(name)}: ${idOf(name)}`).join(', ');
  return bundle(
    code,
    `import { ${Object.keys(ids).join(', ')} } from ${JSON.stringify(CODE)};\nexport const validators = { ${record} };\n`,
  );
}

/** A name for the validator of a schema. */
function idOf(name: string): string {
  return `validate_${name.replaceAll('-', '_')}`;
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
