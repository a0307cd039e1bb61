/**
 * A whole platform with tenants on this machine, for people: `npm run lab -- up|down|status|open`. docs/traffic.md says what
 * is in it. It needs the tools of {@link missingForLab}, and root or unprivileged user namespaces.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MOST_CLUSTERS } from './lab/addresses.ts';
import { missingForLab } from './lab/needed.ts';
import { inOwnNetwork, LAB_ID } from './lab/own-network.ts';
import { endProcesses, processesOf } from './lab/processes.ts';
import { type LabState, LOG, readState, removeState, writeState } from './lab/state.ts';
import { waitUntil } from './lab/wait.ts';
import { outputFolder } from './lib/paths.ts';

const USAGE = `usage: npm run lab -- up [--clusters N] | down | status | open

  up      brings up a host cluster with Envoy Gateway, cert-manager, DNS, the chart and N clusters (2)
  down    ends everything that up started, also after a crash
  status  says what runs and what is served
  open    a shell in the network of the lab: kubectl, helm and curl reach it`;

const UP_MS = 300_000;
const DOWN_MS = 60_000;

/** A request that cannot be met; its text says why and what to do. */
class Refusal extends Error {}

/** The lab that runs; undefined: none does. */
function runningLab(): LabState | undefined {
  const state = readState();
  return state !== undefined && processesOf(state.id).length > 0 ? state : undefined;
}

async function up(clusters: number): Promise<void> {
  const running = runningLab();
  if (running !== undefined) {
    throw new Refusal(
      `a lab runs already (process ${running.pid ?? 'unknown'}): run \`npm run lab -- down\` first`,
    );
  }
  const missing = missingForLab();
  if (missing.length > 0) throw new Refusal(missing.join('\nlab: '));
  const before = readState();
  if (before !== undefined) removeState(before);
  const id = randomUUID();
  writeState({ id });
  const log = openSync(LOG, 'w');
  const [program, ...words] = inOwnNetwork();
  const host = join(import.meta.dirname, 'lab/host.ts');
  const child = spawn(program, [...words, process.execPath, host, String(clusters)], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, [LAB_ID]: id },
  });
  closeSync(log);
  child.unref();
  try {
    await waitUntil(
      'the lab is up',
      () => readState()?.kubeconfig !== undefined || hasEnded(child.exitCode),
      UP_MS,
    );
  } finally {
    if (readState()?.kubeconfig === undefined) await endProcesses(id);
  }
  const { kubeconfig, pid } = readState() ?? {};
  if (kubeconfig === undefined) {
    throw new Refusal(`the lab did not come up:\n${readFileSync(LOG, 'utf8').trim()}`);
  }
  console.log(`lab: up, process ${pid}; look into it with \`npm run lab -- open\`\n${kubeconfig}`);
}

function hasEnded(code: number | null): boolean {
  return code !== null;
}

async function down(): Promise<void> {
  const state = readState();
  if (state === undefined) {
    console.log('lab: none is running');
    return;
  }
  const isHeld = state.pid !== undefined && processesOf(state.id).includes(state.pid);
  if (isHeld && state.pid !== undefined) {
    process.kill(state.pid, 'SIGTERM');
    await waitUntil('the lab is down', () => processesOf(state.id).length === 0, DOWN_MS).catch(
      () => undefined,
    );
  }
  await endProcesses(state.id);
  removeState(state);
  console.log('lab: down');
}

function status(): void {
  const { id, pid, kubeconfig } = needsLab();
  console.log(`lab: process ${pid}, ${processesOf(id).length} processes, ${kubeconfig}`);
  const words = ['get', 'gateways,edgeclusters,certificates,pods', '--all-namespaces'];
  process.exitCode = inLab(pid, [join(outputFolder, 'bin/kubectl'), ...words], kubeconfig);
}

function open(): void {
  const { pid, kubeconfig } = needsLab();
  console.log(`lab: ${kubeconfig}\nlab: try \`kubectl get gateways -A\`; \`exit\` leaves the lab running`);
  process.exitCode = inLab(pid, [process.env.SHELL ?? '/bin/sh'], kubeconfig);
}

function needsLab(): Required<LabState> {
  const { id, pid, kubeconfig } = runningLab() ?? {};
  if (id === undefined || pid === undefined || kubeconfig === undefined) {
    throw new Refusal('no lab is up: run `npm run lab -- up` first');
  }
  return { id, pid, kubeconfig };
}

/** Runs a command in the network of the lab. */
function inLab(pid: number, command: readonly string[], kubeconfig: string): number {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
  const PATH = `${join(outputFolder, 'bin')}:${process.env.PATH ?? ''}`;
  const words = ['--target', String(pid), ...user, '--net', '--', ...command];
  const env = { ...process.env, KUBECONFIG: kubeconfig, PATH };
  return spawnSync('nsenter', words, { stdio: 'inherit', env }).status ?? 1;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { clusters: { type: 'string', default: '2' } },
  });
  const clusters = Number(values.clusters);
  if (!(Number.isInteger(clusters) && clusters >= 0 && clusters <= MOST_CLUSTERS)) {
    throw new Refusal(`--clusters: expected a number from 0 to ${MOST_CLUSTERS}, found '${values.clusters}'`);
  }
  switch (positionals.join(' ')) {
    case 'up':
      return up(clusters);
    case 'down':
      return down();
    case 'status':
      return status();
    case 'open':
      return open();
    default:
      throw new Refusal(`expected one of up, down, status, open, found '${positionals.join(' ')}'\n${USAGE}`);
  }
}

try {
  await main();
} catch (error) {
  console.error(`lab: ${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof Refusal ? 2 : 1;
}
