import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { serialize } from 'node:v8';
import { createPlanner, type PlanResult } from '../src/planner/engine/planner.ts';
import type { World } from '../src/planner/world/world.ts';
import { threadTime } from './clock.ts';
import { sink } from './measure.ts';
import { CONFIG, changeOne, emptyPlatform, type Settled, settle } from './planner-world.ts';

/** What one process reports on its standard output, as JSON. Times are milliseconds of the main thread, one per round. */
export interface PlannerTimes {
  readonly few: FullPlans;
  readonly many: FullPlans;
  /** The plan of the larger platform after one cluster changed. */
  readonly replan: readonly number[];
  /** Objects that the larger platform needs, beside entries of its Gateways. */
  readonly objects: number;
}

/** Times of full plans, each by a planner that remembers nothing. */
export interface FullPlans {
  readonly clusters: number;
  /** Nothing has been written yet: every object is planned. */
  readonly empty: readonly number[];
  /** Everything is there: every object is compared. */
  readonly settled: readonly number[];
}

interface Platform {
  readonly clusters: number;
  readonly empty: World;
  readonly settled: World;
}

/** In each round, behind some that do not count: collecting all garbage throws away what the engine has learnt. */
const REPLANS = 40;
const UNCOUNTED = 10;

/**
 * Times full plans of two platforms, and plans after one change, in interleaved rounds behind one that does not
 * count. Arguments: clusters of the smaller and of the larger platform, rounds, a file for the larger one at rest.
 */
function main([few = '', many = '', rounds = '', file = '']: readonly string[]): void {
  const small = platformOf(Number(few));
  const large = platformOf(Number(many));
  writeFileSync(file, serialize(large.settled));
  const replanner = replannerOf(large);
  const times = [small, large].map(({ clusters }) => ({
    clusters,
    empty: [] as number[],
    settled: [] as number[],
  }));
  const replan: number[] = [];
  for (let round = -1; round < Number(rounds); round += 1) {
    for (const [index, { clusters, empty, settled }] of [small, large].entries()) {
      // As many clusters are planned on either platform, so that both are disturbed alike.
      const plans = Math.round(large.clusters / clusters);
      // Garbage is collected before, so that no measurement pays for another.
      globalThis.gc?.();
      const fromEmpty = timeOf(plans, () => createPlanner()(empty, CONFIG));
      globalThis.gc?.();
      const fromSettled = timeOf(plans, () => createPlanner()(settled, CONFIG));
      if (round < 0) continue;
      times[index]?.empty.push(fromEmpty);
      times[index]?.settled.push(fromSettled);
    }
    const spent = replanner();
    if (round >= 0) replan.push(spent);
  }
  const [one, other] = times;
  if (one === undefined || other === undefined) throw new Error('expected two platforms');
  const report: PlannerTimes = { few: one, many: other, replan, objects: plannedObjects(large.settled) };
  console.log(JSON.stringify(report));
}

function platformOf(clusters: number): Platform {
  const empty = emptyPlatform(clusters);
  const settled = settle(empty);
  assertPlanned(clusters, createPlanner()(empty, CONFIG), settled);
  return { clusters, empty, settled: settled.world };
}

/** Refuses to measure a planner that does less than it should. */
function assertPlanned(clusters: number, first: PlanResult, { result }: Settled): void {
  const routes = first.actions.filter(({ verb, object }) => verb === 'apply' && object.kind === 'TLSRoute');
  const open = result.status.clusters.flatMap(({ hostnames }) =>
    hostnames.filter(({ http, https }) => http === 'redirected' && https === 'open'),
  );
  const found = {
    'control-plane routes of the first plan': routes.length,
    'clusters in status': result.status.clusters.length,
    'hostnames with HTTPS, ten and the CNAME target for each cluster': open.length / 11,
    'listeners in ListenerSets': result.status.shared.listeners.inListenerSets,
  };
  for (const [what, count] of Object.entries(found)) {
    if (count !== clusters) throw new Error(`${what}: ${count}, expected ${clusters}`);
  }
}

/** Times plans by a planner that knows the platform; each finds another cluster changed. */
function replannerOf({ clusters, settled }: Platform): () => number {
  const planner = createPlanner();
  let world = settled;
  const plan = (next: World): PlanResult => {
    const result = planner(next, CONFIG);
    world = { ...next, memory: result.memory };
    return result;
  };
  plan(world);
  plan(world);
  let round = 0;
  const change = (): { readonly id: string | undefined; readonly next: World } => {
    const index = (round * 7) % clusters;
    round += 1;
    return { id: settled.inventory.clusters[index]?.id, next: changeOne(world, index, round) };
  };
  const { id, next } = change();
  assertReplanned(id, plan(next), createPlanner()(next, CONFIG));
  return () => {
    globalThis.gc?.();
    let spent = 0;
    for (let count = -UNCOUNTED; count < REPLANS; count += 1) {
      const changed = change().next;
      const time = timeOf(1, () => plan(changed));
      if (count >= 0) spent += time;
    }
    return spent / REPLANS;
  };
}

function assertReplanned(id: string | undefined, found: PlanResult, fresh: PlanResult): void {
  if (found.actions.length === 0) throw new Error('a new hostname is planned without any action');
  const other = found.actions.find(({ cluster }) => cluster !== null && cluster !== id);
  if (other !== undefined) throw new Error(`${other.id} is planned though only ${id} changed`);
  if (!isDeepStrictEqual(found, fresh)) throw new Error('the plan after a change differs from a full plan');
}

function timeOf(times: number, run: () => unknown): number {
  const start = threadTime();
  for (let count = 0; count < times; count += 1) sink.last = run();
  return (threadTime() - start) / times;
}

function plannedObjects({ host }: World): number {
  return host.objects.filter(
    ({ kind, metadata }) =>
      kind !== 'Secret' && metadata.labels?.['app.kubernetes.io/managed-by'] === 'kubebyon',
  ).length;
}

main(process.argv.slice(2));
