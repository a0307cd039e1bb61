/**
 * Makes small mistakes in the sources, one at a time, and sees whether a test notices.
 *
 *   node scripts/mutate.ts [--sample N] [--seed 1] [--workers 2] [--only PART_OF_A_PATH] [--slowest MILLISECONDS]
 *
 * Without --sample every mistake is tried. --slowest leaves out tests that take longer. Mistakes that do not compile do not
 * count. Ends with 0 when at least 85 % are caught and every one that is not stands in scripts/mutate/survivors.json with
 * its reason, else with 1.
 */
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../test/simulation/random.ts';
import { AREAS, type Area } from './mutate/areas.ts';
import { refusedByCompiler } from './mutate/compiling.ts';
import { findMutants } from './mutate/find-mutants.ts';
import { bySurvivor, lineOf, summary, type Tried } from './mutate/report.ts';
import type { NumberedMutant } from './mutate/switches.ts';
import { tryMutants } from './mutate/try-mutants.ts';
import { projectRoot } from './write-generated.ts';

interface Options {
  readonly sample: number;
  readonly seed: number;
  readonly workers: number;
  readonly only: string;
  readonly slowest: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      sample: { type: 'string', default: 'Infinity' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      only: { type: 'string', default: '' },
      slowest: { type: 'string', default: 'Infinity' },
    },
  });
  return {
    sample: Number(values.sample),
    seed: Number(values.seed),
    workers: Number(values.workers),
    only: values.only,
    slowest: Number(values.slowest),
  };
}

function mutantsOf({ sources }: Area, only: string): readonly NumberedMutant[] {
  return globSync(sources, { cwd: projectRoot })
    .sort()
    .filter((file) => file.includes(only))
    .flatMap((file) => findMutants(file, readFileSync(join(projectRoot, file), 'utf8')))
    .map((mutant, id) => ({ ...mutant, id }));
}

async function tryArea(area: Area, options: Options): Promise<readonly Tried[]> {
  const all = mutantsOf(area, options.only);
  const sample = randomFrom(options.seed).shuffle(all).slice(0, options.sample);
  if (sample.length === 0) return [];
  console.log(`${area.sources}: ${sample.length} of ${all.length} mistakes, seed ${options.seed}`);
  const refused = refusedByCompiler(sample, (done, rounds) => {
    if (done % 10 === 0) console.log(`compiling: ${done} of ${rounds} rounds`);
  });
  const counted = sample.filter(({ id }) => !refused.has(id));
  console.log(`${refused.size} do not compile`);
  const started = performance.now();
  const tried: Tried[] = [];
  await tryMutants(area, counted, options, (one) => {
    tried.push(one);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${tried.length}/${counted.length} ${seconds} s: ${lineOf(one)}`);
  });
  return tried;
}

async function main(): Promise<void> {
  const options = readOptions();
  const tried: Tried[] = [];
  for (const area of AREAS) tried.push(...(await tryArea(area, options)));
  const survivors = readFileSync(join(projectRoot, 'scripts/mutate/survivors.json'), 'utf8');
  const verdict = summary(tried, bySurvivor(JSON.parse(survivors)));
  console.log(verdict.text);
  process.exitCode = verdict.enough ? 0 : 1;
}

if (import.meta.main) await main();
