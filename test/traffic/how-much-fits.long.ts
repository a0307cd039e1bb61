import { loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING, merge } from '../../tools/lab/chart.ts';
import { BASE } from '../support/worlds.ts';
import { securely, startLoad } from './load.ts';
import { memoryOf, setsOf } from './measures.ts';
import { hostnamesOf } from './names.ts';
import { describeTraffic } from './network.ts';
import { untilAllServed } from './serving.ts';
import { type Stage, startStage } from './stage.ts';
import { tableText, writeSection } from './table.ts';

/** A cluster has 64 hostnames at most. */
const EACH = 50;

/** For one step: whatever is not served then, is not. */
const LONGEST_MS = 25 * 60_000;

/** What is asked meanwhile, so that it is seen whether those that were there before are served. */
const PER_SECOND = 20;

interface Part {
  /** The section of docs/traffic.md. */
  readonly title: string;
  /** How many hostnames there are after each step. */
  readonly steps: readonly number[];
  readonly nameOf: (number: number) => string;
}

const PARTS: readonly Part[] = [
  {
    title: 'hostnames of customers',
    steps: [50, 250, 500, 1_000],
    // Each in a domain of its own: orders are counted by domain.
    nameOf: (number) => `www.fit${number}.test`,
  },
  {
    title: 'hostnames below the base domain',
    steps: [250, 1_000, 2_000],
    nameOf: (number) => `fit${number}.${BASE}`,
  },
];

// Each part in a lab of its own, so that one may be run alone (`-t`).
for (const { title, steps, nameOf } of PARTS) {
  describeTraffic(`how much fits: ${title}`, () => {
    const count = Math.max(...steps) / EACH;
    const rows: (readonly string[])[] = [];
    let started: Stage | undefined;
    const stage = (): Stage => {
      if (started === undefined) throw new Error('the lab did not start');
      return started;
    };
    beforeAll(async () => {
      const values = merge(EVERYTHING, { gatewayAPI: { workload: { listenerSets: true } } });
      started = await startStage(count, { chart: 'multi-node', values, helm: '4.3' });
      const { clusters, entries } = started;
      const { workload } = await entries();
      const served = clusters.flatMap((index) =>
        hostnamesOf(index).map((host) => ({
          index,
          question: { scheme: 'https', address: workload, host } as const,
        })),
      );
      expect((await untilAllServed(served, LONGEST_MS)).unserved).toEqual([]);
    }, 1_200_000);
    afterAll(() => started?.lab.stop());

    describe('step by step', () => {
      let before = 0;
      for (const most of steps) {
        const first = before;
        before = most;
        test(
          `${most} of them are served`,
          async () => {
            const { lab, clusters, entries } = stage();
            const { workload: address } = await entries();
            const load = await startLoad({
              targets: clusters.slice(0, 4).flatMap(known(address)),
              perSecond: PER_SECOND,
            });
            const numbers = Array.from({ length: most }, (_, number) => number);
            const start = performance.now();
            await lab.setAllHostnames(
              clusters.map((index) => {
                const names = numbers.filter((number) => number % count === index - 1).map(nameOf);
                return [index, [...hostnamesOf(index), ...names]];
              }),
            );
            const written = performance.now();
            const asked = numbers.map((number) => ({
              index: (number % count) + 1,
              question: { scheme: 'https', address, host: nameOf(number) } as const,
            }));
            const { unserved, milliseconds } = await untilAllServed(asked.slice(first), LONGEST_MS);
            const { requests, failures, slowest, wrong } = await load.end();
            const failed = Object.values(failures).reduce((sum, one) => sum + one.count, 0);
            rows.push([
              String(most),
              unserved.length === 0 ? 'all' : `${most - unserved.length}`,
              ...[written - start, milliseconds].map((one) => `${Math.round(one / 1_000)} s`),
              ...(await setsOf(lab)).map(String),
              ...memoryOf(lab).map((bytes) => `${Math.round(bytes / 2 ** 20)} MiB`),
              `${failed} of ${requests}, slowest ${Math.round(slowest)} ms`,
            ]);
            writeSection(title, tableOf(rows));
            process.stderr.write(`${tableOf(rows)}\n`);
            expect(wrong).toEqual([]);
            expect(unserved).toEqual([]);
          },
          LONGEST_MS + 600_000,
        );
      }
    });
  });
}

const known = (address: string) => (index: number) =>
  hostnamesOf(index).map((host) => securely(address, host, index));

const HEADING = [
  ...['hostnames', 'served', 'written in', 'all served after', 'listeners of the Gateway', 'ListenerSets'],
  ...['Envoy Gateway', 'Envoy', 'edge controller', 'cert-manager', 'failed meanwhile of those before'],
];

function tableOf(rows: readonly (readonly string[])[]): string {
  const load = loadavg()[0]?.toFixed(0) ?? 'unknown';
  return `${tableText(HEADING, rows)}\n\nLoad of the machine at the end: ${load}.`;
}
