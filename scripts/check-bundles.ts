import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build as esbuild } from 'esbuild';
import { rolldown } from 'rolldown';

interface Bundled {
  /** A program of somebody who bundles this package for a browser; it leaves what it has to show in `shown`. */
  readonly program: string;
  /** Most characters of its minified bundle. */
  readonly budget: number;
  /** What `shown` must hold. */
  readonly shows: RegExp;
}

/** What a user of one function pays for; the rest of the package must stay out. */
const BUNDLED: Readonly<Record<string, Bundled>> = {
  emitDocument: {
    program:
      "import { emitDocument } from 'kubebyon-gateway'; globalThis.shown = emitDocument({ on: 'yes' });",
    budget: 5_000,
    shows: /^"on": "yes"\n$/,
  },
  render: {
    program: `import { loadValues, render, toYaml } from 'kubebyon-gateway';
const { manifests } = render(loadValues('multi-node', []), { name: 'r', namespace: 'n' });
globalThis.shown = toYaml(manifests);`,
    budget: 475_000,
    shows: /^kind: Deployment$/m,
  },
  planner: {
    program:
      "import { createPlanner } from 'kubebyon-gateway/runtime'; globalThis.shown = typeof createPlanner();",
    budget: 475_000,
    shows: /^function$/,
  },
};

/** Makes one script of a program for browsers. */
type Bundle = (input: string) => Promise<string>;

const BUNDLERS: Readonly<Record<string, Bundle>> = {
  rolldown: async (input) => {
    const bundle = await rolldown({ input, platform: 'browser' });
    const { output } = await bundle.generate({ format: 'iife', minify: true, codeSplitting: false });
    await bundle.close();
    return output[0].code;
  },
  esbuild: async (input) => {
    const options = {
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'iife',
      write: false,
    } as const;
    const { outputFiles } = await esbuild({ ...options, entryPoints: [input], logLevel: 'error' });
    return outputFiles[0]?.text ?? '';
  },
};

/** Bundles small programs that use the installed package, and runs them where there is nothing of Node. */
export async function checkBundles(folder: string): Promise<void> {
  for (const [name, bundled] of Object.entries(BUNDLED)) {
    const input = join(folder, `bundled-${name}.js`);
    writeFileSync(input, bundled.program);
    for (const [bundler, bundle] of Object.entries(BUNDLERS))
      checkBundle(`the bundle of ${name} by ${bundler}`, await bundle(input), bundled);
  }
}

function checkBundle(what: string, code: string, { budget, shows }: Bundled): void {
  if (code.length > budget)
    throw new Error(`${what}: expected at most ${budget} characters, found ${code.length}`);
  const page = createContext({ TextEncoder, TextDecoder, URL, structuredClone });
  runInContext(code, page);
  const shown = String(page.shown);
  if (!shows.test(shown)) throw new Error(`${what}: expected ${shows}, found ${shown.slice(0, 200)}`);
}
