import { closeSync, openSync, writeSync } from 'node:fs';
import { hasErrors, render, toYaml, valuesFrom } from '../src/index.ts';
import { threadTime } from './clock.ts';
import type { UserValues } from './example.ts';

/** What one process reports on its standard output, as JSON. */
export interface ManyReleases {
  /** Time of the main thread, start of the process left out. */
  readonly milliseconds: number;
  readonly objects: number;
  /** The most memory that the process held after any release, in bytes. */
  readonly maxResident: number;
}

/** Renders releases that all differ into one file. Arguments: how many, the file, the values as JSON. */
function main([count = '', file = '', valuesText = '']: readonly string[]): void {
  const values: UserValues = JSON.parse(valuesText);
  const start = threadTime();
  const out = openSync(file, 'w');
  let objects = 0;
  // Not `resourceUsage().maxRSS`: on Linux that begins with what the parent held when it started this process.
  let maxResident = 0;
  for (let index = 0; index < Number(count); index += 1) {
    const loaded = valuesFrom('multi-node', { ...values, fullnameOverride: `tenant-${index}` });
    const release = { name: `tenant-${index}`, namespace: `tenant-${index}-system` };
    const { manifests, problems } = render(loaded, release);
    if (hasErrors(problems)) throw new Error(`release ${index} is refused: ${problems[0]?.message}`);
    objects += manifests.length;
    // Each release is in the file before the next is rendered: no buffer waits for anything.
    writeSync(out, toYaml(manifests));
    maxResident = Math.max(maxResident, process.memoryUsage.rss());
  }
  closeSync(out);
  const report: ManyReleases = {
    milliseconds: threadTime() - start,
    objects,
    maxResident,
  };
  console.log(JSON.stringify(report));
}

main(process.argv.slice(2));
