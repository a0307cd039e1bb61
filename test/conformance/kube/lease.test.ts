import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../../../src/kube/index.ts';
import { textAt } from '../../../src/kube/json.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy/proxy.ts';
import { withLag } from '../support/lag.ts';
import { CONFIG_MAPS, makeNamespace, type OwnServer, type Server, startServer, until } from './support.ts';

let own: OwnServer | undefined;
let server: Server;
let direct: Kube;

beforeAll(async () => {
  own = await startServer();
  ({ server, direct } = own);
});

afterAll(() => own?.stop());

/** A process that takes part in an election; its way to the API server is its own. */
interface Candidate {
  readonly child: ChildProcess;
  readonly proxy: FaultProxy;
  /** What it has said, with the time. */
  readonly said: { readonly word: string; readonly at: number }[];
}

async function candidate(namespace: string, name: string): Promise<Candidate> {
  const proxy = await startFaultProxy(server);
  const script = join(import.meta.dirname, 'lease-process.ts');
  const authority = Buffer.from(proxy.ca).toString('base64');
  const child = spawn(process.execPath, [script, proxy.url, authority, server.token, namespace, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: { readonly word: string; readonly at: number }[] = [];
  child.stdout?.on('data', (text: Buffer) => {
    for (const word of text.toString().trim().split('\n')) said.push({ word, at: performance.now() });
  });
  return { child, proxy, said };
}

/** Two candidates, the first of which leads, and everything that is written by either. */
interface Race {
  readonly first: Candidate;
  readonly second: Candidate;
  /** Who wrote, in the order of the API server. */
  readonly writes: { readonly by: string; readonly at: number }[];
}

async function race(namespace: string, run: (race: Race) => Promise<void>): Promise<void> {
  await makeNamespace(direct, namespace);
  const writes: { readonly by: string; readonly at: number }[] = [];
  const watch = direct.watch(
    { resource: CONFIG_MAPS, namespace, fieldSelector: 'metadata.name=written' },
    {
      onChanges: (changes) => {
        for (const change of changes) {
          const by = change.kind === 'removed' ? undefined : textAt(change.object, 'data', 'by');
          if (by !== undefined) writes.push({ by: by.split(' ')[0] ?? '', at: performance.now() });
        }
      },
    },
  );
  const first = await candidate(namespace, 'first');
  await until('the first to lead', () => first.said.length > 0);
  const second = await candidate(namespace, 'second');
  try {
    // Until the second has seen the lease, it has nothing to wait for.
    await until('the second to ask', () => second.proxy.asked.length > 1);
    await run({ first, second, writes });
    await until('a write of the second', () => writes.some(({ by }) => by === 'second'));
    const turns = writes.filter(({ by }, index) => by !== writes[index - 1]?.by).map(({ by }) => by);
    expect(turns).toEqual(['first', 'second']);
  } finally {
    for (const { child, proxy } of [first, second]) {
      child.kill('SIGKILL');
      await proxy.stop();
    }
    await watch.stop();
  }
}

const askServer = () => direct.get(CONFIG_MAPS, { namespace: 'default', name: 'none' });

const lastOf = ({ writes }: Race, name: string): number => writes.findLast(({ by }) => by === name)?.at ?? 0;

describe('a lease on a real API server', () => {
  test.concurrent('of a leader that is killed goes to the other within 17 s', async () => {
    await race('killed', async ({ first, second }) => {
      await sleep(1_000);
      await withLag(askServer, async (limit) => {
        const at = performance.now();
        first.child.kill('SIGKILL');
        await until('the second to lead', () => second.said.length > 0);
        expect((second.said[0]?.at ?? 0) - at).toBeLessThan(await limit(17_000));
      });
    });
  });

  test.concurrent('of a leader that is frozen for 20 s goes to the other, and the first never writes again', async () => {
    await race('frozen', async (one) => {
      const { first, second } = one;
      await sleep(1_000);
      await withLag(askServer, async (limit) => {
        first.child.kill('SIGSTOP');
        const at = performance.now();
        await sleep(20_000);
        await until('the second to lead', () => second.said.length > 0);
        expect((second.said[0]?.at ?? 0) - at).toBeLessThan(await limit(17_000));
        first.child.kill('SIGCONT');
        await until('the first to end', () => first.child.exitCode === 3);
        await sleep(2_000);
        // What was sent before is over after the deadline of a write.
        expect(lastOf(one, 'first') - at).toBeLessThan(5_000);
      });
    });
  });

  test.concurrent('of a leader that is cut off ends for it after 10 s, before the other begins', async () => {
    await race('cut-off', async (one) => {
      const { first, second } = one;
      await sleep(1_000);
      await withLag(askServer, async (limit) => {
        first.proxy.gate.freeze();
        const at = performance.now();
        await until('the first to end', () => first.said.some(({ word }) => word === 'lost'));
        expect(second.said).toEqual([]);
        const ended = (first.said.at(-1)?.at ?? 0) - at;
        await until('the second to lead', () => second.said.length > 0);
        const led = (second.said[0]?.at ?? 0) - at;
        const allowed = await limit(0);
        expect(ended).toBeLessThan(11_000 + allowed);
        expect(led).toBeLessThan(17_500 + allowed);
        expect(lastOf(one, 'first') - at).toBeLessThan(5_000);
      });
    });
  });

  test.concurrent('that is given back by a leader that ends goes to the other at its next try', async () => {
    await race('given-back', async ({ first, second }) => {
      await sleep(1_000);
      await withLag(askServer, async (limit) => {
        const at = performance.now();
        first.child.kill('SIGTERM');
        await until('the second to lead', () => second.said.length > 0);
        expect((second.said[0]?.at ?? 0) - at).toBeLessThan(await limit(5_000));
      });
    });
  });
});
