import { resolve } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { projectRoot } from './write-generated.ts';

/**
 * Bundles the command line into one CommonJS file. CommonJS, because importing `node:fs` as a module makes Node load
 * its streams as well, which takes as long as rendering. What one command needs is evaluated for that command only.
 */
export async function bundleCommandLine(): Promise<string> {
  const bundle = await rolldown({
    input: resolve(projectRoot, 'src/cli/main.ts'),
    platform: 'node',
    plugins: [pureYaml],
    treeshake: { moduleSideEffects: false },
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    codeSplitting: false,
    minify: true,
    comments: false,
  });
  await bundle.close();
  return inAscii(output[0].code);
}

/** Lets what the reader does not use of js-yaml be left out: its schemas and its writer, which take effect nowhere. */
const pureYaml: Plugin = {
  name: 'pure-yaml',
  transform: {
    filter: { id: /node_modules\/js-yaml\// },
    handler: (code) =>
      code.replace(
        /= (new [A-Z]|define[A-Z]\w*Tag\(|Symbol\(|Object\.assign\(|String\.raw)/g,
        '= /* @__PURE__ */ $1',
      ),
  },
};

/** A source of ASCII takes half the memory of any other and is read faster. Escapes mean the same in texts and patterns. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Starts the bundle. Node keeps the compiled code in the user's own cache folder, so that later starts are faster; never
 * in a folder of somebody else, because compiled code is not checked when it is used.
 */
export const LAUNCHER = `#!/usr/bin/env node
'use strict';
const { XDG_CACHE_HOME, HOME } = process.env;
const base = XDG_CACHE_HOME || HOME;
if (base && process.getuid) {
  const { uid } = require('node:fs').statSync(base, { throwIfNoEntry: false }) ?? {};
  if (uid === process.getuid()) {
    require('node:module').enableCompileCache?.(XDG_CACHE_HOME ? \`\${base}/kubebyon-gateway\` : \`\${base}/.cache/kubebyon-gateway\`);
  }
}
require('./cli-bundle.cjs');
`;
