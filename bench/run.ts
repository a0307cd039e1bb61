/**
 * The benchmark: `npm run bench`. With `--short` it takes two or three minutes; with `--only PART` it measures one part, also
 * several times; with `--write` the rows go into docs/performance.md.
 *
 * Figures that miss their target are told and do not fail: machines differ. What fails is a peer, or the own
 * emitter, that writes other objects than expected, and a part that gives other rows than its own.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasErrors, type Manifest, render, toYaml, valuesFrom } from '../src/index.ts';
import { buildSpeed } from './build-speed.ts';
import { changeSpeed } from './change-speed.ts';
import { chartSpeed } from './chart-speed.ts';
import { coldStart } from './cold-start.ts';
import type { StorySizes } from './controller/story.ts';
import { controllerSpeed } from './controller-speed.ts';
import { emitSpeed } from './emit-speed.ts';
import { exampleValues, RELEASE, type UserValues } from './example.ts';
import { manyReleases } from './many-releases.ts';
import type { Plan } from './measure.ts';
import { installPeers, loadPeers, type Peers } from './peers.ts';
import { type PlannerSizes, plannerSpeed } from './planner-speed.ts';
import { renderSpeed } from './render-speed.ts';
import { withFigures } from './report.ts';
import { isPart, PART_NAMES, PARTS, type Part } from './rows.ts';
import { assertSameObjects } from './same-objects.ts';
import { markdownTable, type Row } from './table.ts';

interface Length {
  readonly fast: Plan;
  readonly slow: Plan;
  readonly processes: number;
  readonly manyReleases: number;
  readonly planner: PlannerSizes;
  readonly controller: StorySizes;
}

const FULL: Length = {
  fast: { warmUpMs: 2000, rounds: 41, roundMs: 100 },
  slow: { warmUpMs: 2000, rounds: 15, roundMs: 300 },
  processes: 41,
  manyReleases: 5,
  planner: { few: 500, many: 5000, rounds: 5 },
  controller: { clusters: 5000, changes: 150, idleMs: 60_000, idleFromMs: 360_000, bareWrites: 2000 },
};

const SHORT: Length = {
  fast: { warmUpMs: 1000, rounds: 15, roundMs: 50 },
  slow: { warmUpMs: 1000, rounds: 5, roundMs: 100 },
  processes: 7,
  manyReleases: 1,
  planner: { few: 50, many: 200, rounds: 1 },
  controller: { clusters: 40, changes: 5, idleMs: 3000, idleFromMs: 0, bareWrites: 100 },
};

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const unknown = flags.only.find((name) => !isPart(name));
  if (unknown !== undefined) {
    console.error(`--only: expected one of ${PART_NAMES.join(', ')}, found ${unknown}`);
    process.exitCode = 2;
    return;
  }
  const parts = PART_NAMES.filter((part) => flags.only.length === 0 || flags.only.includes(part));
  const rows = await measureParts(parts, flags.short ? SHORT : FULL);
  console.log(`${markdownTable(rows)}\n\n${machine()}`);
  if (flags.write) await writeReport(rows);
}

async function measureParts(parts: readonly Part[], length: Length): Promise<readonly Row[]> {
  const user = await exampleValues();
  let loaded: Promise<Peers> | undefined;
  const peers = (): Promise<Peers> => {
    loaded ??= sameWriters(user);
    return loaded;
  };
  const measures: Readonly<Record<Part, () => readonly Row[] | Promise<readonly Row[]>>> = {
    charts: () => chartSpeed(length.slow),
    values: () => renderSpeed(user, length.fast),
    emitters: async () => emitSpeed(user, await peers(), length.fast),
    builders: async () => buildSpeed(user, await peers(), length.slow),
    releases: () => manyReleases(user, length.manyReleases),
    planner: () => plannerSpeed(length.planner),
    changes: () => changeSpeed(length.planner.many, length.planner.rounds),
    controller: () => controllerSpeed(length.controller),
    processes: () => coldStart(user, length.processes),
  };
  const rows: Row[] = [];
  for (const part of parts) {
    console.error(`measuring ${part} ...`);
    const measured = await measures[part]();
    const found = measured.map(({ what }) => what).join('; ');
    const expected = PARTS[part].join('; ');
    if (found !== expected)
      throw new Error(`bench/rows.ts: ${part}: expected the rows ${expected}; found ${found}`);
    rows.push(...measured);
  }
  return rows;
}

/** The peers, once all of them and the own emitter have written the same objects. */
async function sameWriters(user: UserValues): Promise<Peers> {
  installPeers();
  const { manifests: rendered, problems } = render(valuesFrom('multi-node', user), RELEASE);
  if (hasErrors(problems)) throw new Error(`the example is refused: ${problems[0]?.message}`);
  const manifests = rendered.map(({ manifest }) => manifest);
  const peers = await loadPeers(manifests);
  assertEqualOutputs(toYaml(rendered), manifests, peers);
  return peers;
}

function assertEqualOutputs(own: string, manifests: readonly Manifest[], peers: Peers): void {
  assertSameObjects('the own emitter', peers.read(own), manifests);
  for (const peer of ['jsYaml', 'yaml', 'cdk8s', 'kubernetesModels'] as const) {
    assertSameObjects(peer, peers.read(peers[peer](manifests)), manifests);
  }
}

function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${process.platform}, ${cpus().length} x ${first?.model.trim()}, ${memory} GiB; measured by \`npm run bench -- --write\`, each part in a run of its own.`;
}

async function writeReport(rows: readonly Row[]): Promise<void> {
  const file = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
  await writeFile(file, withFigures(await readFile(file, 'utf8'), rows, machine()));
}

await main();
