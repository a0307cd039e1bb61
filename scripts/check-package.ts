import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { CHART_NAMES } from '../src/chart/charts.ts';
import { bundledModules } from './bundle-command-line.ts';
import { checkBundles } from './check-bundles.ts';
import { packagesOf } from './third-party.ts';
import { projectRoot } from './write-generated.ts';

/** What a user of the library writes first; it also shows that the types resolve. */
const CONSUMER = `import { loadValues, render, toYaml, type Problem } from 'kubebyon-gateway';

const values = loadValues('single-node', [{ kind: 'set', expression: 'publicAccess.provider=gatewayapi' }]);
const { manifests, problems } = render(values, { name: 'kubebyon', namespace: 'kubebyon-system' });
const codes: readonly string[] = problems.map(({ code }: Problem) => code);
if (codes.length > 0) throw new Error(codes.join());
process.stdout.write(toYaml(manifests));
`;

/** Most bytes of the packed archive. */
const MOST_BYTES = 830_000;

/**
 * Builds and packs this package, installs it in an empty folder, and uses it there as a library, as a command and by its
 * types: what is missing among the published files or their dependencies shows here only.
 */
async function checkPackage(folder: string): Promise<void> {
  const npm = (words: readonly string[], cwd: string) =>
    execFileSync('npm', [...words], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  npm(['run', 'build', '--silent'], projectRoot);
  const packed =
    npm(['pack', '--silent', '--pack-destination', folder], projectRoot).trim().split('\n').at(-1) ?? '';
  const { size } = statSync(join(folder, packed));
  if (size > MOST_BYTES) throw new Error(`expected an archive of at most ${MOST_BYTES} bytes, found ${size}`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  npm(['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', join(folder, packed)], folder);

  const cache = join(folder, 'cache');
  const run = (program: string, words: readonly string[]) =>
    execFileSync(program, [...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
  writeFileSync(join(folder, 'consumer.ts'), CONSUMER);
  const byLibrary = run(process.execPath, ['consumer.ts']);
  const command = join(folder, 'node_modules/.bin/kubebyon-gateway');
  const words = [
    'render',
    'kubebyon',
    '--namespace=kubebyon-system',
    '--set=publicAccess.provider=gatewayapi',
  ];
  const byCommand = run(command, words);
  if (byLibrary === '' || byLibrary !== byCommand) throw new Error('library and command render differently');
  if (readdirSync(join(cache, 'kubebyon-gateway')).length !== 1) throw new Error('no compiled code was kept');
  if (run(command, words) !== byCommand) throw new Error('kept code renders differently');
  checkTypes(folder);
  await checkNotices(join(folder, 'node_modules/kubebyon-gateway'));
  checkLinks(join(folder, 'node_modules/kubebyon-gateway'));
  await checkBundles(folder);
  for (const name of [...CHART_NAMES, 'world']) {
    const file = `schemas/${name}.schema.json`;
    const found = run(process.execPath, ['-p', `JSON.stringify(require('kubebyon-gateway/${file}'))`]);
    const own: unknown = JSON.parse(readFileSync(resolve(projectRoot, file), 'utf8'));
    if (found.trim() !== JSON.stringify(own)) throw new Error(`the package has another ${file}`);
  }
}

/** Every package whose code is in the command has its licence in the archive. */
async function checkNotices(installed: string): Promise<void> {
  for (const file of ['LICENSE', 'NOTICE', 'THIRD-PARTY.md', 'SECURITY.md', 'CHANGELOG.md']) {
    if (!existsSync(join(installed, file))) throw new Error(`the archive has no ${file}`);
  }
  const notices = readFileSync(join(installed, 'THIRD-PARTY.md'), 'utf8');
  const missing = packagesOf(await bundledModules()).filter((name) => !notices.includes(`\n## ${name} `));
  if (missing.length > 0) throw new Error(`THIRD-PARTY.md has no notice of ${missing.join(', ')}`);
}

/** Folders that are in the repository alone; `repository` of package.json says where that is. */
const IN_REPOSITORY = /^(CONTRIBUTING\.md|bench|fixtures|golden|src|test|tools|scripts)(\/|$)/;

/** What the pages of the archive link to is in it, but for the sources. */
function checkLinks(installed: string): void {
  const pages = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', ...docsOf(installed)];
  for (const page of pages) {
    const text = readFileSync(join(installed, page), 'utf8');
    const prose = text.replace(/`[^`\n]*`/g, '');
    for (const [, target = ''] of prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      const path = relative(installed, resolve(installed, dirname(page), target));
      if (/^[a-z]+:/.test(target) || IN_REPOSITORY.test(path) || existsSync(join(installed, path))) continue;
      throw new Error(`${page} links to ${target}, which is not in the archive`);
    }
  }
}

function docsOf(installed: string): readonly string[] {
  return readdirSync(join(installed, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);
}

/** Without skipLibCheck: the declarations must stand on what the package installs. */
function checkTypes(folder: string): void {
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', ''];
  writeFileSync(join(folder, 'consumer-types.ts'), CONSUMER.replace('process.stdout.write', 'void '));
  execFileSync(resolve(projectRoot, 'node_modules/.bin/tsc'), [...options, 'consumer-types.ts'], {
    cwd: folder,
    stdio: 'inherit',
  });
}

const folder = mkdtempSync(join(tmpdir(), 'kubebyon-package-'));
try {
  await checkPackage(folder);
  console.log('the packed package works');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
