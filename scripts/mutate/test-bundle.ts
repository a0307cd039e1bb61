import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { projectRoot } from '../write-generated.ts';
import { type NumberedMutant, withSwitches } from './switches.ts';

/** Stands in for vitest within the bundle: hands the tests over instead of running them. */
const HANDED_OVER = join(projectRoot, 'scripts/mutate/collect.ts');
const ENTRY = 'tests to run';

/**
 * One file with the tests, all they import and every mutant behind its switch, as CommonJS. Packages stay outside.
 *
 * @param tests their files. @param mutants all that the switches know.
 */
export async function bundleTests(
  tests: readonly string[],
  mutants: readonly NumberedMutant[],
): Promise<string> {
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    plugins: [testEntry(tests), switches(mutants)],
    external: isOutside,
    treeshake: false,
    onLog: () => {},
  });
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

/** Packages that can be required stay outside; models of Kubernetes can be imported only. */
function isOutside(name: string): boolean {
  return !/^(\.|vitest$|@?kubernetes-models)/.test(name) && !isAbsolute(name) && name !== ENTRY;
}

function testEntry(tests: readonly string[]): Plugin {
  return {
    name: 'tests to run',
    resolveId: (name) => {
      if (name === ENTRY) return ENTRY;
      return name === 'vitest' ? HANDED_OVER : null;
    },
    load: (id) =>
      id === ENTRY
        ? tests.map((file) => `import ${JSON.stringify(join(projectRoot, file))};`).join('\n')
        : null,
  };
}

function switches(mutants: readonly NumberedMutant[]): Plugin {
  const byFile = Map.groupBy(mutants, ({ file }) => file);
  return {
    name: 'mutants behind switches',
    load: (id) => {
      if (!id.endsWith('.ts') && !id.endsWith('.js')) return null;
      if (id.includes('node_modules')) return null;
      const text = readFileSync(id, 'utf8');
      const own = byFile.get(relative(projectRoot, id)) ?? [];
      // The bundle lies elsewhere than its modules, and none of them is the program.
      return withSwitches(text, own)
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('import.meta.dirname', JSON.stringify(join(id, '..')))
        .replaceAll('import.meta.main', 'false');
    },
  };
}
