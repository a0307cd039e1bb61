import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import { worldSchema } from '../src/planner/world/definition/world-schema.ts';

const ENTRY = 'world-validator';

/**
 * Compiles the JSON Schema of a world to a plain function, with what little of ajv's runtime it calls bundled in: ajv
 * itself is not loaded at run time.
 */
export async function worldValidatorSource(): Promise<string> {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true },
  });
  const code = standalone.default(ajv, ajv.compile(worldSchema()));
  const bundle = await rolldown({
    input: ENTRY,
    logLevel: 'silent',
    plugins: [
      {
        name: 'generated-entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? code : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: false, comments: false });
  await bundle.close();
  return output[0].code.replaceAll(/\/\/#(end)?region.*\n/g, '');
}
