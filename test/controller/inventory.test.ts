import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inventoryChanges } from '../../src/controller/inventory/changes.ts';
import { fileInventory } from '../../src/controller/inventory/file.ts';
import { httpInventory } from '../../src/controller/inventory/http.ts';
import {
  type InventorySnapshot,
  type InventorySource,
  UNREAD,
} from '../../src/controller/inventory/inventory.ts';
import { type Clock, connect, systemClock } from '../../src/kube/index.ts';
import { cluster } from '../support/worlds.ts';

const folder = mkdtempSync(join(tmpdir(), 'inventory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rounds in a moment. */
const hasty: Clock = {
  ...systemClock,
  after: (milliseconds, call) => systemClock.after(milliseconds / 200, call),
};

/** None of these stands on the host. */
const NO_HOST = (() => {
  const kube = connect({ server: 'https://127.0.0.1:1', identity: async () => ({ ok: true, value: {} }) });
  return { observer: kube, writer: kube };
})();

const started: InventorySource[] = [];
afterEach(async () => {
  for (const source of started.splice(0)) await source.stop();
});

function heard(source: InventorySource): InventorySnapshot[] {
  const snapshots: InventorySnapshot[] = [];
  started.push(source);
  source.start((snapshot) => snapshots.push(snapshot), NO_HOST);
  return snapshots;
}

async function until(holds: () => boolean): Promise<void> {
  for (let wait = 0; !holds(); wait += 1) {
    if (wait > 500) throw new Error('waited too long');
    await new Promise((resolve) => systemClock.after(10, () => resolve(undefined)));
  }
}

function text(...indices: readonly number[]): string {
  return JSON.stringify({
    complete: true,
    revision: String(indices.length),
    clusters: indices.map((one) => cluster(one)),
  });
}

const ids = (snapshot: InventorySnapshot | undefined): readonly string[] =>
  (snapshot?.inventory.clusters ?? []).map(({ id }) => id);

describe('an inventory in a file', () => {
  test('is read again when it changes', async () => {
    const path = join(folder, 'changes.json');
    writeFileSync(path, text(1));
    const snapshots = heard(fileInventory(path, hasty));
    await until(() => snapshots.length === 1);
    expect(ids(snapshots[0])).toEqual(['c-1']);
    writeFileSync(path, text(1, 2));
    await until(() => snapshots.length === 2);
    expect(ids(snapshots[1])).toEqual(['c-1', 'c-2']);
    expect(snapshots[1]?.inventory.complete).toBe(true);
  });

  test('that cannot be used leaves what was read, is not complete, and names what is wrong', async () => {
    const path = join(folder, 'broken.yaml');
    writeFileSync(path, text(1));
    const snapshots = heard(fileInventory(path, hasty));
    await until(() => snapshots.length === 1);
    writeFileSync(path, 'complete: true\nrevision: "2"\nclusters: [{id: 3}]\n');
    await until(() => snapshots.length > 1);
    const last = snapshots.at(-1);
    expect(ids(last)).toEqual(['c-1']);
    expect(last?.inventory.complete).toBe(false);
    expect(last?.failure?.at).toBe(path);
    expect(last?.failure?.message).toContain('inventory.clusters[0]');
    writeFileSync(path, text(1, 2));
    await until(() => snapshots.at(-1)?.failure === undefined);
    expect(snapshots.at(-1)?.inventory.complete).toBe(true);
  });

  test('that is not there is a failure that names it, and no empty inventory', async () => {
    const path = join(folder, 'absent.yaml');
    const snapshots = heard(fileInventory(path, hasty));
    await until(() => snapshots.length > 0);
    expect(snapshots[0]).toMatchObject({ inventory: { complete: false }, failure: { at: path } });
    expect(snapshots[0]?.failure?.message).toContain('ENOENT');
  });
});

describe('an inventory by HTTP', () => {
  const asked: { readonly etag: string | undefined; readonly token: string | undefined }[] = [];
  const box = { status: 200, body: text(1), etag: '"1"', location: '' };
  const server = createServer((request, response) => {
    asked.push({ etag: request.headers['if-none-match'], token: request.headers.authorization });
    const isSame = request.headers['if-none-match'] === box.etag && box.status === 200;
    response.writeHead(isSame ? 304 : box.status, {
      etag: box.etag,
      ...(box.location && { location: box.location }),
    });
    response.end(isSame ? undefined : box.body);
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/inventory`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('is asked with the token and the ETag, and read when it changes', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'secret-token\n');
    const snapshots = heard(httpInventory({ url, clock: hasty, tokenFile }));
    await until(() => asked.length > 3);
    expect(snapshots).toHaveLength(1);
    expect(asked[0]).toEqual({ etag: undefined, token: 'Bearer secret-token' });
    expect(asked[1]?.etag).toBe('"1"');
    Object.assign(box, { body: text(1, 2), etag: '"2"' });
    await until(() => snapshots.length === 2);
    expect(ids(snapshots[1])).toEqual(['c-1', 'c-2']);
  });

  test.each([
    ['an error', { status: 500 }],
    ['a redirect, which nobody follows', { status: 302, location: 'http://127.0.0.1:1/' }],
    ['a body that is no inventory', { status: 200, etag: '"3"', body: '{}' }],
    ['a body that is cut', { status: 200, etag: '"4"', body: text(1).slice(0, 50) }],
  ])('that answers with %s withdraws nothing', async (_, answer) => {
    Object.assign(box, { status: 200, body: text(1), etag: '"1"', location: '' });
    const snapshots = heard(httpInventory({ url, clock: hasty }));
    await until(() => snapshots.length === 1);
    Object.assign(box, answer);
    await until(() => snapshots.length > 1);
    expect(ids(snapshots.at(-1))).toEqual(['c-1']);
    expect(snapshots.at(-1)).toMatchObject({ inventory: { complete: false }, failure: { at: url } });
  });
});

describe('what is another thing in an inventory', () => {
  const of = (...indices: readonly number[]) => ({
    complete: true,
    revision: '1',
    clusters: indices.map((one) => cluster(one)),
  });
  const nothing = { inventory: UNREAD, clusters: new Map() };

  test('is told entry by entry, the base domain before the entries', () => {
    const first = inventoryChanges(nothing, { ...of(1, 2), baseDomain: 'example.com' });
    expect(first.changes.map((change) => change.of)).toEqual(['inventory', 'cluster', 'cluster']);
    const second = inventoryChanges({ inventory: of(1, 2), clusters: first.clusters }, of(2, 3));
    expect(second.changes).toMatchObject([
      { of: 'cluster', id: 'c-1', cluster: null },
      { of: 'cluster', id: 'c-3' },
    ]);
  });

  test('an id that stands there twice is one entry, and a finding', () => {
    const double = { ...of(1), clusters: [cluster(1), cluster(1, { createdAt: '2020-01-01T00:00:00Z' })] };
    const { clusters, findings } = inventoryChanges(nothing, double);
    expect(clusters.get('c-1')?.createdAt).toBe('2020-01-01T00:00:00Z');
    expect(findings).toMatchObject([{ code: 'DuplicateCluster', cluster: 'c-1' }]);
  });
});
