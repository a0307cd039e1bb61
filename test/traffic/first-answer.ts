import { describe, expect, test } from 'vitest';
import { hostnameObjectName } from '../../src/contract/runtime-names.ts';
import { IS_LONG } from '../../tools/lab/long.ts';
import type { AuditedWrite } from '../conformance/support/audit.ts';
import { SYSTEM } from '../support/worlds.ts';
import { servedAs } from './expected.ts';
import { everything } from './modes.ts';
import { hostnamesOf } from './names.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Stage } from './stage.ts';
import { tableText, writeSection } from './table.ts';

/** A moment between the write of an EdgeCluster and the first right answer by HTTPS, and what leads up to it. */
interface Step {
  readonly part: string;
  /** The write that ends it; undefined: there was none. */
  readonly endedBy: (writes: HostWrites) => AuditedWrite | undefined;
}

/** What was written while one hostname came into being. */
interface HostWrites {
  readonly all: readonly AuditedWrite[];
  /** Those of the edge controller. */
  readonly ours: readonly AuditedWrite[];
  /** `namespace/name` of its Certificate and of its Secret. */
  readonly object: string;
}

/** Which hostnames are added, one after the other, and which steps are told apart. */
export interface FirstAnswers {
  /** The section of docs/traffic.md. */
  readonly title: string;
  readonly count: number;
  readonly steps: readonly Step[];
}

const ACCOUNT = `system:serviceaccount:${SYSTEM}:kubebyon-kubebyon-edge-controller`;

const certificate: Step = {
  part: 'edge controller, to the Certificate',
  endedBy: ({ ours, object }) => firstOf(ours, 'certificates', object),
};

/** The Secret of its own name: cert-manager writes another one before, with the key alone. */
const secretWrite = ({ all, object }: HostWrites) => firstOf(all, 'secrets', object);

const opened: Step = {
  part: 'edge controller, from the Secret to listener and route',
  endedBy: (writes) => {
    const { ours } = writes;
    const at = secretWrite(writes)?.at ?? 0;
    const after = ours.filter((one) => one.at >= at);
    return [
      after.find(({ resource }) => resource === 'gateways'),
      after.find(({ resource, object }) => resource === 'httproutes' && object.includes('-https-')),
    ]
      .filter((one) => one !== undefined)
      .toSorted((a, b) => a.at - b.at)
      .at(-1);
  },
};

/** By an authority of the host cluster. */
export const SIGNED_HERE: FirstAnswers = {
  title: 'first answer',
  count: IS_LONG ? 100 : 10,
  steps: [certificate, { part: 'cert-manager, to the Secret', endedBy: secretWrite }, opened],
};

/** By an ACME authority that must be shown that the name leads here. */
export const PROVEN_BY_HTTP: FirstAnswers = {
  title: 'first answer with ACME',
  count: 5,
  steps: [
    certificate,
    {
      part: 'cert-manager and the authority, to the challenge',
      endedBy: ({ all }) => all.find(({ resource, verb }) => resource === 'challenges' && verb !== 'delete'),
    },
    { part: 'its solver and the authority, to the Secret', endedBy: secretWrite },
    opened,
  ],
};

/** Adds hostnames of a customer, each with a certificate of its own, and says how long each took to be served. */
export function describeFirstAnswer(stage: () => Stage, answers: FirstAnswers = SIGNED_HERE): void {
  const { title, count, steps } = answers;
  describe('the time to the first answer', () => {
    test(
      `of ${count} new hostnames`,
      async () => {
        const { clusters, entries } = stage();
        const addresses = await entries();
        await servedAs(async () => everything(addresses, clusters));
        const splits: (readonly number[])[] = [];
        for (let turn = 0; turn < count; turn += 1) {
          splits.push(await timesOf(stage(), steps, addresses.workload, turn));
        }
        const parts = ['all', ...steps.map(({ part }) => part), 'Envoy Gateway, to the answer'];
        const text = tableOf(parts, splits);
        process.stderr.write(`${text}\n`);
        writeSection(title, text);
        expect(splits).toHaveLength(count);
      },
      60_000 + count * 60_000,
    );
  });
}

/** Milliseconds: of all, of each step, and from the last one to the answer. A step that no write ends takes none. */
async function timesOf(
  { lab, clusters }: Stage,
  steps: readonly Step[],
  address: string,
  turn: number,
): Promise<readonly number[]> {
  const index = clusters[turn % clusters.length] ?? 1;
  const host = `first${turn}.customer${index}.test`;
  const before = lab.host.audited().length;
  const start = Date.now();
  await lab.setHostnames(index, [...hostnamesOf(index), host]);
  await untilServed(host, { scheme: 'https', address, host }, isFrom(index));
  const end = Date.now();
  const all = lab.host.audited().slice(before);
  await lab.setHostnames(index, hostnamesOf(index));

  const applied = all.find(({ resource }) => resource === 'edgeclusters')?.at ?? start;
  const ours = all.filter(({ user, at }) => user === ACCOUNT && at <= end);
  const writes = { all, ours, object: `${SYSTEM}/${hostnameObjectName(host)}` };
  let last = applied;
  const spans = steps.map(({ endedBy }) => {
    const at = Math.max(endedBy(writes)?.at ?? last, last);
    const span = at - last;
    last = at;
    return span;
  });
  return [end - applied, ...spans, end - last];
}

function firstOf(
  writes: readonly AuditedWrite[],
  resource: string,
  object: string,
): AuditedWrite | undefined {
  return writes.find((one) => one.resource === resource && one.object === object && one.verb !== 'delete');
}

function tableOf(parts: readonly string[], splits: readonly (readonly number[])[]): string {
  const rows = parts.map((part, column) => {
    const sorted = splits.map((one) => one[column] ?? 0).toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return [part, `${at(0.5)} ms`, `${at(0.99)} ms`];
  });
  return tableText([`${splits.length} hostnames`, 'p50', 'p99'], rows);
}
