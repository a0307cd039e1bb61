import { readFileSync } from 'node:fs';
import type { RuntimeConfig } from '../../src/contract/runtime-config.ts';
import { bareLoop } from './bare-loop.ts';
import type { HostAddress } from './host.ts';
import { type ChangeFigures, measureChanges, type Written } from './hostname-more.ts';
import { pause, type Running, run } from './running.ts';
import { maxResident, processTime, type Stalls, watchStalls } from './watched-process.ts';

/** What a process is to do; the file that its argument names holds it as JSON. */
export interface Task {
  readonly story: 'fill' | 'rest';
  readonly host: HostAddress;
  readonly config: RuntimeConfig;
  readonly tenantsPort: number;
  readonly dnsPort: number;
  readonly clusters: number;
  /** How many hostnames are bound one after the other. */
  readonly changes: number;
  readonly idleMs: number;
  /** The idle time begins no sooner after the start: by then DNS is asked again. */
  readonly idleFromMs: number;
  readonly bareWrites: number;
}

/** Figures of writing everything that a platform needs. Times are milliseconds. */
export interface FillReport {
  readonly story: 'fill';
  readonly writes: number;
  /** Writes in a second: by the controller, and by a loop of applies that does nothing else. */
  readonly rate: number;
  readonly bareRate: number;
  /** Processor time of the controller in the time that was measured, as a share. */
  readonly processorShare: number;
  readonly maxResident: number;
}

/** Figures of a start on a platform where everything is written. Times are milliseconds. */
export interface RestReport {
  readonly story: 'rest';
  readonly observed: number;
  readonly planned: number;
  /** Until DNS has answered about every name. */
  readonly answered: number;
  /** Processor time until everything was observed, and planned. */
  readonly observedProcessor: number;
  readonly plannedProcessor: number;
  readonly actions: number;
  readonly maxResident: number;
  readonly heap: number;
  readonly stalls: Stalls;
  readonly change: ChangeFigures;
  readonly idle: { readonly writes: number; readonly share: number; readonly milliseconds: number };
}

/** Nothing takes so long, on the slowest machine. */
const LONGEST_MS = 30 * 60_000;
const QUIET_MS = 2_000;

async function main([file = '']: readonly string[]): Promise<void> {
  const task: Task = JSON.parse(readFileSync(file, 'utf8'));
  const report = task.story === 'fill' ? await fill(task) : await rest(task);
  console.log(JSON.stringify(report));
  process.exit(0);
}

async function fill(task: Task): Promise<FillReport> {
  const marks: Mark[] = [];
  let firstPlan = 0;
  const running = run({
    ...task,
    onPlanned: ({ actions }) => {
      firstPlan ||= actions.length;
    },
    onWritten: () => undefined,
  });
  const sampling = setInterval(() => {
    marks.push({ at: performance.now(), writes: running.writes(), spent: processTime() });
  }, 20);
  await running.until('everything is written', (state) => state.isConverged, LONGEST_MS);
  await untilQuiet(running);
  clearInterval(sampling);
  const writes = running.writes();
  await running.controller.stop();
  // While there is enough to write: what the first plan asks for, without its end. Later writes wait for DNS and for statuses.
  const [first, last] = marksBetween(marks, firstPlan);
  const milliseconds = last.at - first.at;
  return {
    story: 'fill',
    writes,
    rate: ((last.writes - first.writes) / milliseconds) * 1000,
    bareRate: await bareLoop(task.host, task.bareWrites),
    processorShare: (last.spent - first.spent) / milliseconds,
    maxResident: maxResident(),
  };
}

interface Mark {
  readonly at: number;
  readonly writes: number;
  readonly spent: number;
}

/** From a tenth to four fifths of the first plan; of a plan that is over too soon for that, everything. */
function marksBetween(marks: readonly Mark[], planned: number): readonly [Mark, Mark] {
  const [first, last] = [0.1, 0.8].map((share) => marks.find(({ writes }) => writes >= planned * share));
  if (first !== undefined && last !== undefined && last.writes > first.writes) return [first, last];
  const [start, end] = [marks.at(0), marks.at(-1)];
  if (start === undefined || end === undefined) throw new Error('nothing was sampled');
  return [start, end];
}

async function rest(task: Task): Promise<RestReport> {
  const stalls = watchStalls();
  const [start, spent] = [performance.now(), processTime()];
  let plannedAt = 0;
  const written: Written = { onWritten: () => undefined };
  const running = run({
    ...task,
    onPlanned: () => {
      plannedAt = performance.now();
    },
    onWritten: (action, isDone) => {
      if (isDone) written.onWritten(JSON.stringify(action.object));
    },
  });
  await running.until('everything is observed', isObserved, LONGEST_MS);
  const [observed, observedProcessor] = [performance.now() - start, processTime() - spent];
  stalls.begin();
  const begun = performance.now();
  await running.until('a plan of it', () => plannedAt > begun, LONGEST_MS);
  const [planned, plannedProcessor] = [plannedAt - begun, processTime() - spent - observedProcessor];
  await running.until('DNS has answered', ({ unansweredNames }) => unansweredNames === 0, LONGEST_MS);
  const answered = performance.now() - start;
  await running.until('nothing is left', (state) => state.isConverged, LONGEST_MS);
  await untilQuiet(running);
  const change = await measureChanges(task, running, written);
  await untilQuiet(running);
  const read = stalls.end();
  const actions = running.writes();
  await pause(Math.max(0, start + task.idleFromMs - performance.now()));
  const idle = await idleFor(running, task.idleMs);
  const report: RestReport = {
    ...{ story: 'rest', observed, planned, answered, observedProcessor, plannedProcessor, actions },
    ...{ maxResident: maxResident(), heap: heapUsed(), stalls: read, change, idle },
  };
  await running.controller.stop();
  return report;
}

const isObserved: Parameters<Running['until']>[1] = ({ host, inventory, tenants }) =>
  host.complete &&
  inventory.complete &&
  tenants.settled === tenants.of &&
  tenants.failures.length === 0 &&
  tenants.of > 0;

async function idleFor({ writes }: Running, milliseconds: number): Promise<RestReport['idle']> {
  const [before, spent, start] = [writes(), processTime(), performance.now()];
  await pause(milliseconds);
  const passed = performance.now() - start;
  return { writes: writes() - before, share: (processTime() - spent) / passed, milliseconds: passed };
}

/** Waits until nothing was written for a while: statuses are written beside the plan. */
async function untilQuiet({ writes }: Running): Promise<void> {
  for (let before = -1; before !== writes(); await pause(QUIET_MS)) before = writes();
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

await main(process.argv.slice(2));
