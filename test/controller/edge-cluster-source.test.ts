import { describe, expect, test } from 'vitest';
import { syncInventory } from '../../src/cli/sync/inventory.ts';
import type { InventorySnapshot } from '../../src/controller/inventory/inventory.ts';
import { connect, type Failure, type WatchHealth } from '../../src/kube/index.ts';

const NO_SERVER = connect({
  server: 'https://127.0.0.1:1',
  identity: async () => ({ ok: true, value: {} }),
});

/** What an inventory of EdgeClusters says first, with the variables of its process, when its watch is in a state. */
async function firstSnapshot(
  environment: Readonly<Record<string, string>>,
  health: WatchHealth,
): Promise<InventorySnapshot> {
  const made = syncInventory({ kind: 'edgecluster' }, environment, {
    instance: 'test',
    onTrouble: () => undefined,
  });
  if (!made.ok) throw new Error(made.stderr);
  const heard = Promise.withResolvers<InventorySnapshot>();
  made.source.start(heard.resolve, {
    writer: NO_SERVER,
    observer: {
      watch: (_, { onHealth }) => {
        queueMicrotask(() => onHealth?.(health));
        return { health: () => health, stop: async () => undefined };
      },
    },
  });
  const snapshot = await heard.promise;
  await made.source.stop();
  return snapshot;
}

describe('an inventory of EdgeClusters', () => {
  test('says of itself what its variables say', async () => {
    const { inventory, failure } = await firstSnapshot(
      {
        KUBEBYON_EDGE_BASE_DOMAIN: 'edge.example.com',
        KUBEBYON_EDGE_RETIRED_TARGETS: 't1.edge.example.com,t2.edge.example.com',
        KUBEBYON_EDGE_ACKNOWLEDGED_WITHDRAWALS: 'HTTPRoute-0123abcd',
      },
      { complete: true },
    );
    expect(failure).toBeUndefined();
    expect(inventory).toEqual({
      complete: true,
      revision: expect.any(String),
      clusters: [],
      baseDomain: 'edge.example.com',
      retiredTargets: ['t1.edge.example.com', 't2.edge.example.com'],
      acknowledgedWithdrawals: ['HTTPRoute-0123abcd'],
    });
  });

  test('whose variable is wrong is refused by its name', () => {
    const made = syncInventory(
      { kind: 'edgecluster' },
      { KUBEBYON_EDGE_RETIRED_TARGETS: 'T1' },
      { instance: 'test', onTrouble: () => undefined },
    );
    expect(made).toMatchObject({
      ok: false,
      stderr: expect.stringContaining('KUBEBYON_EDGE_RETIRED_TARGETS is "T1"'),
    });
  });

  test('whose definition is not there, or at another version, names the version and withdraws nothing', async () => {
    const failing: Failure = {
      kind: 'status',
      at: 'GET https://127.0.0.1:1/apis/kubebyon.app/v1alpha1/edgeclusters',
      code: 404,
      message: 'expected success, found 404',
      hint: 'check it',
    };
    const { inventory, failure } = await firstSnapshot({}, { complete: false, failing });
    expect(inventory.complete).toBe(false);
    expect(failure?.message).toBe(
      'expected EdgeCluster of kubebyon.app at v1alpha1, found that the host does not serve it',
    );
    expect(failure?.hint).toContain('crds.install=true');
    expect(failure?.hint).toContain('nothing is withdrawn');
  });
});
