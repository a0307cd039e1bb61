import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { bundledModules } from './bundle-command-line.ts';
import { projectRoot } from './write-generated.ts';

const MODULES = resolve(projectRoot, 'node_modules');

/** Its compiler writes parts of its own runtime into the validators. */
const COMPILED_IN = ['ajv'];

/** Their interfaces are in the declarations; bundling those fails when one is missing here. */
const DECLARED_IN = [
  '@kubernetes-models/apimachinery',
  '@kubernetes-models/base',
  '@kubernetes-models/cert-manager',
  '@kubernetes-models/gateway-api',
  'kubernetes-models',
];

/** The packages that modules of a bundle come from and some notices are not of. */
export function withoutNotice(modules: readonly string[], notices: string): readonly string[] {
  return packagesOf(modules).filter((name) => !notices.includes(`\n## ${name} `));
}

/** The packages that modules of a bundle come from, in order. */
function packagesOf(modules: readonly string[]): readonly string[] {
  const names = modules.flatMap((module) => {
    const [scope, name] = relative(MODULES, module).split(sep);
    if (scope === undefined || scope === '..' || name === undefined) return [];
    return [scope.startsWith('@') ? `${scope}/${name}` : scope];
  });
  return [...new Set(names)].sort();
}

/**
 * The licence of every package whose code is in the command's bundle, the compiled validators or the declarations.
 *
 * @throws Error where a package has no licence text.
 */
function thirdPartyPage(packages: readonly string[]): string {
  const parts = packages.map((name) => {
    const folder = join(MODULES, name);
    const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { version, license } = about as { readonly version: string; readonly license: string };
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
    if (file === undefined)
      throw new Error(`${name} ${version}: expected a file with its licence, found none`);
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
    return `## ${name} ${version}\n\n${license}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  const head =
    '# Third-party notices\n\nThis package holds code of these packages. Written by `npm run generate`.\n';
  return [head, ...parts].join('\n');
}

/** The page of what is bundled now. */
export async function thirdPartyNotices(): Promise<string> {
  const packages = [...packagesOf(await bundledModules()), ...COMPILED_IN, ...DECLARED_IN];
  return thirdPartyPage([...new Set(packages)].sort());
}
