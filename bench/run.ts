/**
 * The benchmark: `npm run bench`. With `--short` it takes less than a minute; with `--write` the table goes into
 * docs/performance.md.
 *
 * Figures that miss their target are told and do not fail: machines differ. What fails is a peer, or the own
 * emitter, that writes other objects than expected.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { hasErrors, type Manifest, render, toYaml, valuesFrom } from '../src/index.ts';
import { buildSpeed } from './build-speed.ts';
import { changeSpeed } from './change-speed.ts';
import { chartSpeed } from './chart-speed.ts';
import { coldStart } from './cold-start.ts';
import { emitSpeed } from './emit-speed.ts';
import { exampleValues, RELEASE } from './example.ts';
import { manyReleases } from './many-releases.ts';
import type { Plan } from './measure.ts';
import { installPeers, loadPeers, type Peers } from './peers.ts';
import { type PlannerSizes, plannerSpeed } from './planner-speed.ts';
import { renderSpeed } from './render-speed.ts';
import { assertSameObjects } from './same-objects.ts';
import { markdownTable, type Row } from './table.ts';

interface Length {
  readonly fast: Plan;
  readonly slow: Plan;
  readonly processes: number;
  readonly manyReleases: number;
  readonly planner: PlannerSizes;
}

const FULL: Length = {
  fast: { warmUpMs: 2000, rounds: 41, roundMs: 100 },
  slow: { warmUpMs: 2000, rounds: 15, roundMs: 300 },
  processes: 41,
  manyReleases: 5,
  planner: { few: 500, many: 5000, rounds: 5 },
};

const SHORT: Length = {
  fast: { warmUpMs: 1000, rounds: 15, roundMs: 50 },
  slow: { warmUpMs: 1000, rounds: 5, roundMs: 100 },
  processes: 7,
  manyReleases: 1,
  planner: { few: 50, many: 200, rounds: 1 },
};

async function main(flags: readonly string[]): Promise<void> {
  const unknown = flags.find((flag) => flag !== '--short' && flag !== '--write');
  if (unknown !== undefined) {
    console.error(`unknown flag ${unknown}; known flags: --short, --write`);
    process.exitCode = 2;
    return;
  }
  installPeers();
  const rows = await measureAll(flags.includes('--short') ? SHORT : FULL);
  const report = `${markdownTable(rows)}\n\n${machine()}`;
  console.log(report);
  if (flags.includes('--write')) await writeReport(report);
}

async function measureAll(length: Length): Promise<readonly Row[]> {
  const user = await exampleValues();
  const loaded = valuesFrom('multi-node', user);
  const { manifests: rendered, problems } = render(loaded, RELEASE);
  if (hasErrors(problems)) throw new Error(`the example is refused: ${problems[0]?.message}`);
  const manifests = rendered.map(({ manifest }) => manifest);
  const peers = await loadPeers(manifests);
  assertEqualOutputs(toYaml(rendered), manifests, peers);
  return [
    // First, while nothing that prints charts is warm.
    ...announced('charts', () => chartSpeed(length.slow)),
    ...announced('values to YAML', () => renderSpeed(user, loaded, manifests, length.fast)),
    ...announced('emitters', () => emitSpeed(manifests, peers, length.fast)),
    ...announced('builders', () => buildSpeed(user, manifests, peers, length.slow)),
    ...(await announced('many releases', () => manyReleases(user, length.manyReleases))),
    ...(await announced('the planner', () => plannerSpeed(length.planner))),
    ...(await announced('changes', () => changeSpeed(length.planner.many, length.planner.rounds))),
    ...announced('cold processes', () => coldStart(user, length.processes)),
  ];
}

function assertEqualOutputs(own: string, manifests: readonly Manifest[], peers: Peers): void {
  assertSameObjects('the own emitter', peers.read(own), manifests);
  for (const peer of ['jsYaml', 'yaml', 'cdk8s', 'kubernetesModels'] as const) {
    assertSameObjects(peer, peers.read(peers[peer](manifests)), manifests);
  }
}

function announced<Result>(what: string, measureIt: () => Result): Result {
  console.error(`measuring ${what} ...`);
  return measureIt();
}

function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform}, ${cpus().length} x ${first?.model.trim()}, ${memory} GiB; measured by \`npm run bench -- --write\`.`;
}

const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- end of figures -->';

async function writeReport(report: string): Promise<void> {
  const file = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
  const text = await readFile(file, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`docs/performance.md: expected the lines ${BEGIN} and ${END}`);
  await writeFile(file, `${text.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${text.slice(end)}`);
}

await main(process.argv.slice(2));
