import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { plan } from 'measured-planner';
import { threadTime } from './clock.ts';
import { sink } from './measure.ts';

/** Full plans by one planner, in a process that does nothing else. Arguments: the file of change-worker.ts, rounds. */
function main([file = '', rounds = '']: readonly string[]): void {
  const { world, config } = deserialize(readFileSync(file));
  const full: number[] = [];
  for (let round = -1; round < Number(rounds); round += 1) {
    globalThis.gc?.();
    const start = threadTime();
    sink.last = plan(world, config);
    if (round >= 0) full.push(threadTime() - start);
  }
  console.log(JSON.stringify(full));
}

main(process.argv.slice(2));
