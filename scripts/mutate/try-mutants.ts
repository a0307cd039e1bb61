import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../write-generated.ts';
import type { Area } from './areas.ts';
import type { Tried } from './report.ts';
import type { NumberedMutant } from './switches.ts';
import { bundleTests } from './test-bundle.ts';
import type { Answer, Covering, Question, Trial } from './worker.ts';

/** A mistake that ends in a loop is noticed by whoever waits: so many times what its tests take without one. */
const PATIENCE = 10;
const LEAST_PATIENCE_MS = 30_000;

/** Which tests may notice a mistake, the quick ones first. */
interface Selection {
  trialOf(mutant: NumberedMutant): Trial;
  nameOf(test: number): string;
  /** How long to wait for a trial, in milliseconds. */
  patienceFor(trial: Trial): number;
}

/**
 * Tries mutants, each on a bundle evaluated anew, in several processes.
 *
 * @param mutants those that compile. @param done told of each.
 * @throws an Error that names the tests which fail without any mistake.
 */
export async function tryMutants(
  area: Area,
  mutants: readonly NumberedMutant[],
  { workers, slowest }: { readonly workers: number; readonly slowest: number },
  done: (tried: Tried) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-mutate-'));
  try {
    const bundle = join(folder, 'tests.cjs');
    const tests = area.tests.flatMap((pattern) => globSync(pattern, { cwd: projectRoot }).sort());
    writeFileSync(bundle, await bundleTests(tests, mutants));
    const first = startWorker(bundle);
    const selection = select(await coverageOf(first), slowest);
    const rest = mutants.toReversed();
    const work = async (started: ChildProcess): Promise<void> => {
      let worker = started;
      for (let mutant = rest.pop(); mutant !== undefined; mutant = rest.pop()) {
        const question = selection.trialOf(mutant);
        const answer = await ask(worker, question, selection.patienceFor(question));
        done({ ...mutant, caughtBy: nameOf(answer, selection) });
        if (answer === undefined) worker = startWorker(bundle);
      }
      worker.kill();
    };
    const others = Array.from({ length: workers - 1 }, () => startWorker(bundle));
    await Promise.all([first, ...others].map(work));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function nameOf(answer: Answer | undefined, selection: Selection): string | undefined {
  if (answer === undefined || !('caughtBy' in answer)) return 'the time limit';
  const { caughtBy } = answer;
  return typeof caughtBy === 'number' ? selection.nameOf(caughtBy) : (caughtBy ?? undefined);
}

interface Coverage {
  readonly covering: readonly Covering[];
  readonly always: readonly number[];
}

function startWorker(bundle: string): ChildProcess {
  return fork(join(projectRoot, 'scripts/mutate/worker.ts'), [bundle], { cwd: projectRoot });
}

async function coverageOf(worker: ChildProcess): Promise<Coverage> {
  const answer = await ask(worker, 'what covers what', 600_000);
  if (answer === undefined || !('covering' in answer))
    throw new Error('the tests did not end within ten minutes');
  return answer;
}

/** Undefined when the process gave no answer in time; it is ended then. */
async function ask(
  child: ChildProcess,
  question: Question,
  milliseconds: number,
): Promise<Answer | undefined> {
  child.send(question);
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), milliseconds);
  try {
    const [answer]: Answer[] = await Promise.race([
      once(child, 'message', { signal: waiting.signal }),
      once(child, 'exit', { signal: waiting.signal }).then(() => []),
    ]);
    return answer;
  } catch {
    child.kill('SIGKILL');
    return undefined;
  } finally {
    clearTimeout(timer);
    waiting.abort();
  }
}

function select({ covering, always }: Coverage, slowest: number): Selection {
  const broken = covering.filter(({ passes }) => !passes);
  if (broken.length > 0)
    throw new Error(`these fail without any mistake:\n${broken.map(({ name }) => name).join('\n')}`);
  const quickFirst = covering
    .map(({ milliseconds, mutants }, index) => ({ index, milliseconds, mutants: new Set(mutants) }))
    .filter(({ milliseconds }) => milliseconds <= slowest)
    .sort((a, b) => a.milliseconds - b.milliseconds);
  const read = new Set(always);
  return {
    trialOf: ({ id }) => {
      // What runs while the tests are read may change any of them.
      const whileReading = read.has(id);
      const tests = quickFirst.filter(({ mutants }) => whileReading || mutants.has(id));
      return { mutant: id, tests: tests.map(({ index }) => index), whileReading };
    },
    nameOf: (test) => covering[test]?.name ?? '',
    patienceFor: ({ tests }) => {
      const total = tests.reduce((sum, test) => sum + (covering[test]?.milliseconds ?? 0), 0);
      return Math.max(LEAST_PATIENCE_MS, PATIENCE * total);
    },
  };
}
