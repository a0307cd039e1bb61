import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartArchives, checksums } from '../../scripts/release/artifacts.ts';
import { releaseNotes } from '../../scripts/release/notes.ts';
import { billOfMaterials } from '../../scripts/release/sbom.ts';
import { tarGz } from '../../scripts/release/tar.ts';
import { projectRoot } from '../../scripts/write-generated.ts';
import { VERSION } from '../../src/library/version.ts';

describe('the archives of the charts', () => {
  let folder: string;
  const archives = chartArchives();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'));
    for (const [name, bytes] of archives) writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, 'SHA256SUMS'), checksums(archives));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are named as Helm names them', () => {
    expect([...archives.keys()]).toEqual([
      `kubebyon-single-node-${VERSION}.tgz`,
      `kubebyon-multi-node-${VERSION}.tgz`,
    ]);
  });

  test.each([...archives.keys()])('%s unpacks to the folder of its chart, byte by byte', (name) => {
    execFileSync('tar', ['-xzf', name], { cwd: folder });
    const chart = name.replace(`-${VERSION}.tgz`, '');
    expect(treeOf(join(folder, chart))).toEqual(treeOf(join(projectRoot, 'charts', chart)));
  });

  test('have the same bytes when they are made again', () => {
    expect(checksums(chartArchives())).toBe(checksums(archives));
  });

  test('have checksums that sha256sum takes, and that fail when a byte differs', () => {
    const check = () =>
      execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
    expect(check).not.toThrow();
    const [name = '', bytes = new Uint8Array()] = [...archives][0] ?? [];
    writeFileSync(join(folder, name), bytes.with(20, (bytes[20] ?? 0) ^ 1));
    expect(check).toThrow();
  });
});

function treeOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(folder.length), hashOf(readFileSync(path))]),
  );
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('an archive is the same in whatever order its files come, and has no time and no owner', () => {
  const files: readonly (readonly [string, string])[] = [
    ['a/long.txt', 'x'.repeat(1000)],
    ['a/empty.txt', ''],
    ['a/block.txt', 'y'.repeat(512)],
  ];
  const packed = tarGz(new Map(files));
  expect(tarGz(new Map(files.toReversed()))).toEqual(packed);
  const listed = execFileSync('tar', ['-tvzf', '-', '--utc'], { input: packed, encoding: 'utf8' });
  expect(listed).toBe(
    [
      '-rw-r--r-- 0/0             512 1970-01-01 00:00 a/block.txt',
      '-rw-r--r-- 0/0               0 1970-01-01 00:00 a/empty.txt',
      '-rw-r--r-- 0/0            1000 1970-01-01 00:00 a/long.txt',
      '',
    ].join('\n'),
  );
});

describe('the notes of a release', () => {
  const released =
    '# Changelog\n\n## Unreleased\n\n## 1.1.0 - 2026-11-27\n\n- New.\n\n## 1.0.0\n\n- First.\n';

  test('are the section of its version', () => {
    expect(releaseNotes(released, '1.1.0')).toEqual({ text: '# 1.1.0\n\n- New.\n', missing: [] });
    expect(releaseNotes(released, '1.0.0').text).toBe('# 1.0.0\n\n- First.\n');
  });

  test('say what to do while changes stand under Unreleased', () => {
    const { text, missing } = releaseNotes(
      released.replace('Unreleased\n', 'Unreleased\n\n- Next.\n'),
      '1.1.0',
    );
    expect(text).toBe('# 1.1.0\n\n- Next.\n');
    expect(missing).toEqual([
      'CHANGELOG.md: expected nothing under "Unreleased", found changes; move them below "## 1.1.0"',
    ]);
  });

  test('are missing for a version that the changelog does not name', () => {
    expect(releaseNotes(released, '1.2.0').missing).toEqual([
      'CHANGELOG.md: expected changes below "## 1.2.0", found none',
    ]);
  });
});

test('the bill of materials names what the package installs, each with its hash and licence, and no time', () => {
  const bill: Bill = JSON.parse(billOfMaterials('kubebyon-gateway'));
  const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(projectRoot, 'package.json'), 'utf8'),
  );
  const named = new Map(bill.components.map((component) => [component.name, component]));
  for (const [name, version] of Object.entries(dependencies))
    expect(named.get(name)).toMatchObject({ version });
  for (const { hashes, licenses } of bill.components) {
    expect(hashes).toMatchObject([{ alg: 'SHA-512' }]);
    expect(licenses.length).toBeGreaterThan(0);
  }
  expect(bill.metadata).toMatchObject({ component: { name: 'kubebyon-gateway' } });
  expect(bill.metadata.timestamp ?? bill.serialNumber).toBeUndefined();
});

interface Bill {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly hashes: readonly object[];
    readonly licenses: readonly object[];
  }[];
}
