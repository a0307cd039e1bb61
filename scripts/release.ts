/**
 * Makes what a release of this version consists of: the package, an archive of each chart, their checksums, a bill of materials
 * and the notes. It publishes nothing: it prints the commands that do.
 *
 *   npm run release -- --dry-run              shows what there would be, and what is missing for a release
 *   npm run release -- [--output-dir FOLDER]  writes it, into release/ unless given; refuses while something is missing
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { VERSION } from '../src/library/version.ts';
import { type Artifacts, chartArchives, checksums } from './release/artifacts.ts';
import { releaseNotes } from './release/notes.ts';
import { billOfMaterials } from './release/sbom.ts';
import { projectRoot } from './write-generated.ts';

interface Release {
  readonly artifacts: Artifacts;
  readonly notes: string;
  /** Sentences; empty when the version may be released. */
  readonly missing: readonly string[];
}

function run(program: string, words: readonly string[]): string {
  return execFileSync(program, [...words], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function makeRelease(): Release {
  const about: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const { name, version } = about as { readonly name: string; readonly version: string };
  const notes = releaseNotes(readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8'), VERSION);
  const missing = [
    ...notes.missing,
    ...(version === VERSION
      ? []
      : [`package.json: expected version ${VERSION} (src/library/version.ts), found ${version}`]),
    ...(run('git', ['status', '--porcelain']) === ''
      ? []
      : ['expected a clean working tree, found changes; commit them']),
  ];
  const files = new Map([
    ...packedPackage(),
    ...chartArchives(),
    [`${name}-${VERSION}.cdx.json`, Buffer.from(billOfMaterials(name))] as const,
  ]);
  const artifacts = new Map([...files, ['SHA256SUMS', Buffer.from(checksums(files))]]);
  return { artifacts, notes: notes.text, missing };
}

function packedPackage(): Artifacts {
  run('npm', ['run', 'build', '--silent']);
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-release-'));
  try {
    const packed = run('npm', ['pack', '--silent', '--pack-destination', folder]).trim().split('\n').at(-1);
    if (packed === undefined) throw new Error('npm pack named no file');
    return new Map([[packed, readFileSync(join(folder, packed))]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function commandsFor(folder: string, { artifacts }: Release): string {
  const [packed = '', ...charts] = [...artifacts.keys()].filter((name) => name.endsWith('.tgz'));
  const image = `REGISTRY/kubebyon-gateway:${VERSION}`;
  return [
    `git tag --annotate v${VERSION} --file ${folder}/NOTES.md && git push origin v${VERSION}`,
    `npm publish ${folder}/${packed}`,
    ...charts.map((chart) => `helm push ${folder}/${chart} oci://REGISTRY/charts`),
    ...(existsSync(join(projectRoot, 'Dockerfile'))
      ? [`docker build --tag ${image} . && docker push ${image}`]
      : []),
  ].join('\n');
}

function main(): void {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      'output-dir': { type: 'string', default: 'release' },
    },
  });
  const release = makeRelease();
  for (const [name, bytes] of release.artifacts)
    console.log(`${String(bytes.length).padStart(9)} bytes  ${name}`);
  console.log(`\n${Buffer.from(release.artifacts.get('SHA256SUMS') ?? []).toString()}\n${release.notes}`);
  for (const sentence of release.missing) console.error(`missing: ${sentence}`);
  if (values['dry-run']) return;
  if (release.missing.length > 0) {
    process.exitCode = 1;
    return;
  }
  const folder = resolve(projectRoot, values['output-dir']);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of release.artifacts) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, 'NOTES.md'), release.notes);
  console.log(
    `Wrote it to ${folder}. To publish it:\n\n${commandsFor(relative(projectRoot, folder), release)}`,
  );
}

if (import.meta.main) main();
