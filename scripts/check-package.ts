import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { CHART_NAMES } from '../src/chart/charts.ts';
import { bundledModules } from './bundle-command-line.ts';
import { checkBundles } from './check-bundles.ts';
import { CONSUMER, checkConsumer } from './check-consumer.ts';
import { withoutNotice } from './third-party.ts';
import { projectRoot } from './write-generated.ts';

/** Most bytes of the packed archive. */
const MOST_BYTES = 1_260_000;

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
  const install = ['--silent', '--no-audit', '--no-fund', '--prefer-offline'];
  cpSync(resolve(projectRoot, CONSUMER), folder, { recursive: true });
  npm(['ci', ...install], folder);
  npm(['install', '--no-save', ...install, join(folder, packed)], folder);

  const cache = join(folder, 'cache');
  const run = (program: string, words: readonly string[]) =>
    execFileSync(program, [...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cache },
    });
  const byLibrary = run(process.execPath, ['import.mjs']);
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
  const controller =
    "import { createController } from 'kubebyon-gateway/controller'; console.log(typeof createController)";
  if (run(process.execPath, ['--input-type=module', '-e', controller]) !== 'function\n')
    throw new Error('kubebyon-gateway/controller gives no createController');
  checkProcesses(command, folder);
  await checkNotices(join(folder, 'node_modules/kubebyon-gateway'));
  checkLinks(join(folder, 'node_modules/kubebyon-gateway'));
  checkInstallLines(folder, join(folder, packed));
  await checkBundles(folder);
  await checkConsumer(folder);
  for (const name of [...CHART_NAMES, 'world']) {
    const file = `schemas/${name}.schema.json`;
    const found = run(process.execPath, ['-p', `JSON.stringify(require('kubebyon-gateway/${file}'))`]);
    const own: unknown = JSON.parse(readFileSync(resolve(projectRoot, file), 'utf8'));
    if (found.trim() !== JSON.stringify(own)) throw new Error(`the package has another ${file}`);
  }
}

/** The lines of the README that install the package from its archive, each in a folder of its own. */
function checkInstallLines(folder: string, archive: string): void {
  const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
  const lines = readme.match(/^np[mx] .*kubebyon-gateway-[\d.]+\.tgz.*$/gm) ?? [];
  if (lines.length !== 3) throw new Error(`README.md: expected 3 lines that install, found ${lines.length}`);
  for (const [index, line] of lines.entries()) {
    const own = join(folder, `install-${index}`);
    mkdirSync(own);
    copyFileSync(archive, join(own, basename(archive)));
    writeFileSync(join(own, 'package.json'), JSON.stringify({ private: true }));
    // A global installation goes into the folder as well.
    const env = {
      ...process.env,
      npm_config_prefix: own,
      npm_config_prefer_offline: 'true',
      npm_config_yes: 'true',
    };
    execFileSync('bash', ['-ec', line], { cwd: own, env, stdio: 'pipe' });
    const commands = [join(own, 'bin/kubebyon-gateway'), join(own, 'node_modules/.bin/kubebyon-gateway')];
    const installed = commands.find((each) => existsSync(each));
    if (line.startsWith('npm') && installed === undefined) throw new Error(`${line}: installs no command`);
    if (installed !== undefined) execFileSync(installed, ['version'], { stdio: 'pipe' });
  }
}

/** Three commands run modules beside the bundle: that a kubeconfig is missing shows that they were found. */
function checkProcesses(command: string, folder: string): void {
  const absent = `--kubeconfig=${join(folder, 'absent')}`;
  const commands = [
    ['sync', '--once', '--inventory=file=none'],
    ['route-agent', '--once'],
    ['route-cleanup', '--namespace=none'],
  ];
  for (const words of commands) {
    const { status, stderr } = spawnSync(command, [...words, absent], { cwd: folder, encoding: 'utf8' });
    if (status !== 66)
      throw new Error(`${words[0]}: expected it to miss its kubeconfig, found ${status}: ${stderr}`);
  }
}

/** Every package whose code is in the command has its licence in the archive. */
async function checkNotices(installed: string): Promise<void> {
  for (const file of ['LICENSE', 'NOTICE', 'THIRD-PARTY.md', 'SECURITY.md', 'CHANGELOG.md']) {
    if (!existsSync(join(installed, file))) throw new Error(`the archive has no ${file}`);
  }
  const notices = readFileSync(join(installed, 'THIRD-PARTY.md'), 'utf8');
  const missing = withoutNotice(await bundledModules(), notices);
  if (missing.length > 0) throw new Error(`THIRD-PARTY.md has no notice of ${missing.join(', ')}`);
}

/** What the pages of the archive link to is in it, or has an address of its own. */
function checkLinks(installed: string): void {
  const pages = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', ...docsOf(installed)];
  for (const page of pages) {
    const text = readFileSync(join(installed, page), 'utf8');
    const prose = text.replace(/`[^`\n]*`/g, '');
    for (const [, target = ''] of prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      const path = relative(installed, resolve(installed, dirname(page), target));
      if (/^[a-z]+:/.test(target) || existsSync(join(installed, path))) continue;
      throw new Error(`${page} links to ${target}, which is not in the archive`);
    }
  }
}

function docsOf(installed: string): readonly string[] {
  return readdirSync(join(installed, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);
}

const folder = mkdtempSync(join(tmpdir(), 'kubebyon-package-'));
try {
  await checkPackage(folder);
  console.log('the packed package works');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
