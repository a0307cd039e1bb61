import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ToolName, toolPath } from '../../test/conformance/support/tools.ts';
import { CONFIG } from '../planner-world.ts';
import { bundleWorker } from '../worker.ts';
import type { FillReport, RestReport, Task } from './controller-worker.ts';
import type { FaultsReport } from './faults-worker.ts';
import { addClusters, type Host, startHost } from './host.ts';
import type { InformerReport } from './informer-worker.ts';
import type { Outside } from './tenants-worker.ts';

export interface StorySizes {
  readonly clusters: number;
  readonly changes: number;
  readonly idleMs: number;
  readonly idleFromMs: number;
  readonly bareWrites: number;
}

/** What came of a story of a controller on a real API server. */
export interface Story {
  readonly fill: FillReport;
  readonly rest: RestReport;
  readonly informers: InformerReport;
  readonly faults: FaultsReport;
}

const NEEDED: readonly ToolName[] = [
  'etcd',
  'kube-apiserver',
  'kubectl',
  'gateway-api-1.6.3-standard',
  'cert-manager-crds',
];

/** What is missing to start an API server, in a sentence; undefined when nothing is. */
export function missingTools(): string | undefined {
  const missing = NEEDED.filter((name) => {
    try {
      return !existsSync(toolPath(name));
    } catch {
      return true;
    }
  });
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}: run \`node tools/build.ts\``;
}

/**
 * Fills a platform, starts anew on it, binds hostnames and rests; then the same tenants with the informers of another client. The
 * API server is real, the tenants' are stand-ins in a process of their own.
 */
export async function tellStory(sizes: StorySizes): Promise<Story> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  const running: ChildProcess[] = [];
  let host: Host | undefined;
  try {
    const outside = await startOutside(folder, running);
    host = await startHost();
    console.error(`  ${sizes.clusters} clusters are put on a host ...`);
    await addClusters(host, sizes.clusters, outside);
    const worker = await bundleWorker('controller/controller-worker.ts', folder);
    const { address } = host;
    const tell = <Report>(story: Task['story']): Promise<Report> => {
      console.error(`  controller: ${story} ...`);
      const file = join(folder, `${story}.json`);
      const { tenantsPort, dnsPort } = outside;
      const task: Task = { story, host: address, config: CONFIG, tenantsPort, dnsPort, ...sizes };
      writeFileSync(file, JSON.stringify(task), { mode: 0o600 });
      return reportOf(worker, [file], running);
    };
    const fill = await tell<FillReport>('fill');
    const rest = await tell<RestReport>('rest');
    console.error('  informers of @kubernetes/client-node ...');
    const informers = await reportOf<InformerReport>(
      await bundleWorker('controller/informer-worker.ts', folder),
      [clientNodeEntry(), String(sizes.clusters), JSON.stringify(outside)],
      running,
    );
    console.error('  faults of a watch ...');
    const hostFile = join(folder, 'host.json');
    writeFileSync(hostFile, JSON.stringify(address), { mode: 0o600 });
    const faults = await reportOf<FaultsReport>(
      await bundleWorker('controller/faults-worker.ts', folder),
      [hostFile, clientNodeEntry()],
      running,
    );
    return { fill, rest, informers, faults };
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await host?.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Where `@kubernetes/client-node` is installed. */
export function clientNodeEntry(): string {
  return createRequire(new URL('../package.json', import.meta.url)).resolve('@kubernetes/client-node');
}

async function startOutside(folder: string, running: ChildProcess[]): Promise<Outside> {
  const child = start(await bundleWorker('controller/tenants-worker.ts', folder), [], running);
  return JSON.parse(await firstLine(child));
}

/** The report that a program writes as one line. */
async function reportOf<Report>(
  file: string,
  args: readonly string[],
  running: ChildProcess[],
): Promise<Report> {
  return JSON.parse(await firstLine(start(file, args, running)));
}

/** On a machine with much memory Node collects garbage late; in a container it does not have so much. */
const HEAP = ['--max-old-space-size=768', '--max-semi-space-size=8'];

function start(file: string, args: readonly string[], running: ChildProcess[]): ChildProcess {
  const child = spawn(process.execPath, ['--expose-gc', ...HEAP, file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  return child;
}

function nameOf({ spawnargs }: ChildProcess): string {
  return spawnargs.find((word) => word.endsWith('.mjs')) ?? 'a program';
}

/** No part of the story takes so long on the slowest machine: what hangs is an error, not an evening. */
const LONGEST_MS = 40 * 60_000;

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('no output'));
    setTimeout(
      () => reject(new Error(`${nameOf(child)} has said nothing after ${LONGEST_MS / 60_000} minutes`)),
      LONGEST_MS,
    ).unref();
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${nameOf(child)} ended with ${code ?? signal}`)));
  });
}
