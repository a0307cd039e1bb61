import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { executeOps } from '../../../src/route-agent/kernel/execute.ts';
import { parseRoutes } from '../../../src/route-agent/kernel/parse.ts';
import { planKernelRoutes } from '../../../src/route-agent/plan/plan-kernel-routes.ts';
import type { Kernel, KernelRoute, RoutePlan } from '../../../src/route-agent/types.ts';
import { formatCidr, formatIp } from '../../../src/text/ip.ts';
import { foreignIn, GUARDING, HOST } from '../../route-agent/model.ts';
import { randomKernel, randomPlans } from '../../route-agent/random-tables.ts';
import { seed } from '../support/seed.ts';
import { ipIn, kernelOf } from './in-namespace.ts';
import { connectNetworks, describeNetworks, type Lab, type Namespace, startLab } from './namespaces.ts';

/** As many as the issue asks for; each is a table of its own in one network, emptied in between. */
const RUNS = 200;

await describeNetworks(`for tables and plans at random in a real kernel (seed ${seed})`, () => {
  let lab: Lab;
  let host: Namespace;
  let kernel: Kernel;

  beforeAll(async () => {
    lab = startLab();
    host = await lab.namespace('host');
    const other = await lab.namespace('other');
    await connectNetworks(
      [host, 'eth0', '192.0.2.2/24', '2001:db8::2/64'],
      [other, 'eth0', '192.0.2.11/24', '2001:db8::11/64'],
    );
    kernel = await kernelOf(host);
  });
  afterAll(() => lab?.stop());

  /** Empties the main table and fills it, by one command for each family. */
  const fill = async ({ routes }: Kernel): Promise<void> => {
    for (const family of [4, 6] as const) {
      const flushes = [3, 4, 17, 80, 157, 158].map(
        (protocol) => `route flush table main proto ${protocol}\n`,
      );
      const lines = routes
        .filter(({ range, protocol }) => range.family === family && protocol !== 2)
        .map(lineOf);
      const input = [...flushes, ...lines].join('');
      expect(await ipIn(host)({ args: [`-${family}`, '-batch', '-'], input })).toMatchObject({
        code: 0,
        stderr: '',
      });
    }
  };
  /** Links and rules stay as they are, so that only the routes are read again. */
  const readRoutes = async (): Promise<Kernel> => {
    const routes: KernelRoute[] = [];
    for (const family of [4, 6] as const) {
      const args = ['-j', '-N', '-d', `-${family}`, 'route', 'show', 'table', 'all'];
      const answer = await ipIn(host)({ args });
      const read = parseRoutes(answer.kind === 'ended' ? answer.stdout : '?', family);
      if (!read.ok) throw new Error(read.failure.message);
      routes.push(...read.value);
    }
    return { ...kernel, routes };
  };

  test(`${RUNS} times: done twice is done once, of others nothing is changed, and what is called effective is taken`, async () => {
    let changes = 0;
    let effective = 0;
    await fc.assert(
      fc.asyncProperty(randomPlans, randomKernel, async (plans, drawn) => {
        await fill(drawn);
        const before = await readRoutes();
        const { ops } = planned(plans, before);
        const results = await executeOps(ops, { run: ipIn(host), mayReplace: anyReplace });
        changes += results.length;
        expect(results.filter(({ kind }) => kind !== 'done')).toEqual([]);
        const after = await readRoutes();
        expect(ofOthers(after)).toEqual(ofOthers(before));
        expect(planned(plans, after).ops).toEqual([]);
        effective += await expectTaken(planned(plans, after).reports.flatMap((each) => each.effective));
      }),
      { numRuns: RUNS, seed },
    );
    expect(changes, 'something was changed').toBeGreaterThan(RUNS);
    expect(effective, 'something was effective').toBeGreaterThan(RUNS / 2);
  }, 300_000);

  /** The kernel itself says which route it takes for the first and the last address of each range. */
  const expectTaken = async (
    ranges: readonly { family: 4 | 6; first: bigint; last: bigint }[],
  ): Promise<number> => {
    for (const family of [4, 6] as const) {
      const mine = ranges.filter((range) => range.family === family);
      if (mine.length === 0) continue;
      const input = mine
        .flatMap(({ first, last }) => [first, last])
        .map((value) => `route get fibmatch ${formatIp({ family, value })}\n`)
        .join('');
      const answer = await ipIn(host)({ args: [`-${family}`, '-j', '-N', '-d', '-batch', '-'], input });
      if (answer.kind !== 'ended' || answer.code !== 0) throw new Error(JSON.stringify(answer));
      const taken = answer.stdout
        .trim()
        .split(/\n(?=\[)/)
        .flatMap((text) => JSON.parse(text));
      expect(taken).toHaveLength(2 * mine.length);
      for (const { protocol } of taken) expect(protocol).toBe('157');
    }
    return ranges.length;
  };
});

const planned = (plans: readonly RoutePlan[], kernel: Kernel) =>
  planKernelRoutes(plans, kernel, HOST, GUARDING);
/** What other programs have; the kernel itself adds link-local addresses whenever it is ready to. */
const ofOthers = (kernel: Kernel) =>
  foreignIn(kernel).filter(({ table, protocol }) => table === 254 && protocol !== 2);
const anyReplace = () => Promise.resolve({ ok: true as const, value: () => true });

function lineOf({ range, gateway, protocol, metric, type }: KernelRoute): string {
  const via = gateway === undefined ? '' : ` via ${formatIp(gateway)} dev eth0 onlink`;
  return `route add ${type === 7 ? 'unreachable ' : ''}${formatCidr(range)}${via} proto ${protocol} metric ${metric}\n`;
}
