import { describe, expect, test } from 'vitest';
import type { AuditedWrite } from '../conformance/support/audit.ts';
import { SYSTEM } from '../support/worlds.ts';
import { servedAs } from './expected.ts';
import { everything } from './modes.ts';
import { hostnamesOf } from './names.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Stage } from './stage.ts';
import { writeSection } from './table.ts';

/** How many hostnames are added, one after the other. */
const COUNT = process.env.KUBEBYON_TRAFFIC === 'long' ? 100 : 10;

/** Where the time from the write of an EdgeCluster to the first right answer by HTTPS went, in milliseconds. */
interface Split {
  readonly total: number;
  /** From the write of the EdgeCluster to that of the Certificate. */
  readonly controller: number;
  /** From then to the write of the Secret. */
  readonly certManager: number;
  /** From the Secret to the last write of the controller that the answer needs: listener and route. */
  readonly controllerAfter: number;
  /** From then to the answer. */
  readonly gateway: number;
}

const ACCOUNT = `system:serviceaccount:${SYSTEM}:kubebyon-kubebyon-edge-controller`;

/** Adds hostnames of a customer, each with a certificate of its own, and says how long each took to be served. */
export function describeFirstAnswer(stage: () => Stage): void {
  describe('the time to the first answer', () => {
    test(
      `of ${COUNT} new hostnames`,
      async () => {
        const { clusters, entries } = stage();
        const addresses = await entries();
        await servedAs(async () => everything(addresses, clusters));
        const splits: Split[] = [];
        for (let turn = 0; turn < COUNT; turn += 1) {
          splits.push(await timeOf(stage(), addresses.workload, turn));
        }
        const text = tableOf(splits);
        process.stderr.write(`${text}\n`);
        writeSection('first answer', text);
        expect(splits).toHaveLength(COUNT);
      },
      60_000 + COUNT * 60_000,
    );
  });
}

async function timeOf({ lab, clusters }: Stage, address: string, turn: number): Promise<Split> {
  const index = clusters[turn % clusters.length] ?? 1;
  const host = `first${turn}.customer${index}.test`;
  const before = lab.host.audited().length;
  const start = Date.now();
  await lab.setHostnames(index, [...hostnamesOf(index), host]);
  await untilServed(host, { scheme: 'https', address, host }, isFrom(index));
  const end = Date.now();
  const writes = lab.host.audited().slice(before);
  await lab.setHostnames(index, hostnamesOf(index));

  const applied = writes.find(({ resource }) => resource === 'edgeclusters')?.at ?? start;
  const ours = writes.filter(({ user, at }) => user === ACCOUNT && at <= end);
  const certificate = firstOf(ours, 'certificates') ?? applied;
  const secret = firstOf(writes, 'secrets') ?? certificate;
  const needed = [
    firstOf(ours, 'gateways') ?? secret,
    ours.find(({ resource, object }) => resource === 'httproutes' && object.includes('-https-'))?.at ??
      secret,
    secret,
  ];
  const last = Math.max(...needed);
  return {
    total: end - applied,
    controller: certificate - applied,
    certManager: secret - certificate,
    controllerAfter: last - secret,
    gateway: end - last,
  };
}

function firstOf(writes: readonly AuditedWrite[], resource: string): number | undefined {
  return writes.find((one) => one.resource === resource && one.verb !== 'delete')?.at;
}

const PARTS: Readonly<Record<keyof Split, string>> = {
  total: 'all',
  controller: 'edge controller, to the Certificate',
  certManager: 'cert-manager, to the Secret',
  controllerAfter: 'edge controller, from the Secret to listener and route',
  gateway: 'Envoy Gateway, to the answer',
};

function tableOf(splits: readonly Split[]): string {
  const row = (part: keyof Split): string => {
    const sorted = splits.map((one) => one[part]).toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return `| ${PARTS[part]} | ${at(0.5)} ms | ${at(0.99)} ms |`;
  };
  const parts = ['total', 'controller', 'certManager', 'controllerAfter', 'gateway'] as const;
  return [`| ${splits.length} hostnames | p50 | p99 |`, '| --- | --- | --- |', ...parts.map(row)].join('\n');
}
