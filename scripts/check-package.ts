import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectRoot } from './write-generated.ts';

/** What a user of the library writes first; it also shows that the types resolve. */
const CONSUMER = `import { loadValues, render, toYaml, type Problem } from 'kubebyon-gateway';

const values = loadValues('single-node', [{ kind: 'set', expression: 'publicAccess.provider=gatewayapi' }]);
const { manifests, problems } = render(values, { name: 'kubebyon', namespace: 'kubebyon-system' });
const codes: readonly string[] = problems.map(({ code }: Problem) => code);
if (codes.length > 0) throw new Error(codes.join());
process.stdout.write(toYaml(manifests));
`;

/**
 * Builds and packs this package, installs it in an empty folder, and uses it there as a library, as a command and by its
 * types: what is missing among the published files or their dependencies shows here only.
 */
function checkPackage(folder: string): void {
  const npm = (words: readonly string[], cwd: string) =>
    execFileSync('npm', [...words], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  npm(['run', 'build', '--silent'], projectRoot);
  const packed =
    npm(['pack', '--silent', '--pack-destination', folder], projectRoot).trim().split('\n').at(-1) ?? '';
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
  JSON.parse(
    run(process.execPath, [
      '-p',
      "JSON.stringify(require('kubebyon-gateway/schemas/multi-node.schema.json'))",
    ]),
  );
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
  checkPackage(folder);
  console.log('the packed package works');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
