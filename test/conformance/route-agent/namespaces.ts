import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { findProgram } from '../../../tools/lib/find-program.ts';
import { outputFolder } from '../../../tools/lib/paths.ts';
import { makeProcessFolder } from '../../../tools/lib/process-folder.ts';
import { NOT_ON_THIS_MACHINE } from '../support/no-skips.ts';
import { type ProgramResult, type RunningProgram, runProgram, startProgram } from '../support/program.ts';
import { until } from '../support/until.ts';

/** A network of its own, as a Node or a Pod has one. It is gone with the process that holds it. */
export interface Namespace {
  readonly pid: number;
  /** Words before a command that runs in it. */
  readonly enter: readonly string[];
  /** Runs `ip` in it; what fails throws. */
  ip(line: string): Promise<string>;
  run(command: readonly string[], timeout?: number): Promise<ProgramResult>;
  start(command: readonly string[]): RunningProgram;
}

/** The networks of a test. */
export interface Lab {
  /** A folder for what the test writes. */
  readonly folder: string;
  namespace(name: string): Promise<Namespace>;
  stop(): Promise<void>;
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Tests that need networks of their own; where there can be none, one test says why and how to get them. */
export async function describeNetworks(title: string, body: () => void): Promise<void> {
  const why = await whyNoNamespaces();
  if (why === undefined) describe(title, body);
  else test.skip(`${title}: ${why}`, () => undefined);
}

/** Why there can be no networks of their own; undefined: there can. */
async function whyNoNamespaces(): Promise<string | undefined> {
  const missing = ['ip', 'unshare', 'nsenter'].filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) return `${missing.join(', ')} missing: install iproute2 and util-linux`;
  const tried = await runProgram(
    'unshare',
    ['-n', 'ip', 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1'],
    {
      env: { PATH },
    },
  );
  return tried.code === 0
    ? undefined
    : `${NOT_ON_THIS_MACHINE}network namespaces need root: run as root, or in a container with NET_ADMIN and SYS_ADMIN`;
}

export function startLab(): Lab {
  const { path: folder, remove } = makeProcessFolder(join(outputFolder, 'networks'));
  const programs: RunningProgram[] = [];
  // Each program is ended with this process, which Node takes for a leak from eleven on.
  process.setMaxListeners(100);
  const begin = (command: readonly string[], name: string): RunningProgram => {
    const [program = '', ...args] = command;
    const started = startProgram(program, args, join(folder, `${name}.log`));
    programs.push(started);
    return started;
  };
  const own = readlinkSync('/proc/self/ns/net');
  return {
    folder,
    namespace: async (name) => {
      const holder = begin(['unshare', '-n', 'sleep', 'infinity'], name);
      await until(`network ${name}`, folder, [holder], () => {
        try {
          return readlinkSync(`/proc/${holder.pid}/ns/net`) !== own;
        } catch {
          return false;
        }
      });
      const enter = ['nsenter', '-t', String(holder.pid), '-n'];
      const run = (command: readonly string[], timeout = 60_000): Promise<ProgramResult> =>
        runProgram('nsenter', [...enter.slice(1), ...command], { env: { PATH }, timeout });
      const ip = async (line: string): Promise<string> => {
        const { code, stdout, stderr } = await run(['ip', ...line.split(' ')]);
        if (code !== 0) throw new Error(`${name}: ip ${line}: ${stderr}`);
        return stdout;
      };
      await ip('link set lo up');
      return {
        pid: holder.pid,
        enter,
        ip,
        run,
        start: (command) => begin([...enter, ...command], `${name}-${programs.length}`),
      };
    },
    stop: async () => {
      for (const program of programs.toReversed()) await program.stop();
      remove();
    },
  };
}

/** A link between two networks: each end by its network, its name and its addresses. */
export async function connectNetworks(
  [one, oneName, ...oneAddresses]: readonly [Namespace, string, ...string[]],
  [other, otherName, ...otherAddresses]: readonly [Namespace, string, ...string[]],
): Promise<void> {
  await one.ip(`link add ${oneName} type veth peer name ${otherName} netns ${other.pid}`);
  for (const [where, name, addresses] of [
    [one, oneName, oneAddresses],
    [other, otherName, otherAddresses],
  ] as const) {
    await where.ip(`link set ${name} up`);
    for (const address of addresses)
      await where.ip(`addr add ${address} dev ${name}${address.includes(':') ? ' nodad' : ''}`);
  }
}
