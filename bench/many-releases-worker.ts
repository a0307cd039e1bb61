import { closeSync, openSync, writeSync } from 'node:fs';
import { hasErrors, render, toYaml, valuesFrom } from '../src/index.ts';
import type { UserValues } from './example.ts';

/** What one process reports on its standard output, as JSON. */
export interface ManyReleases {
  readonly milliseconds: number;
  readonly objects: number;
  /** The most memory that the process ever held, in bytes. */
  readonly maxResident: number;
}

/** Renders releases that all differ into one file. Arguments: how many, the file, the values as JSON. */
function main([count = '', file = '', valuesText = '']: readonly string[]): void {
  const values: UserValues = JSON.parse(valuesText);
  const start = performance.now();
  const out = openSync(file, 'w');
  let objects = 0;
  for (let index = 0; index < Number(count); index += 1) {
    const loaded = valuesFrom('multi-node', { ...values, fullnameOverride: `tenant-${index}` });
    const release = { name: `tenant-${index}`, namespace: `tenant-${index}-system` };
    const { manifests, problems } = render(loaded, release);
    if (hasErrors(problems)) throw new Error(`release ${index} is refused: ${problems[0]?.message}`);
    objects += manifests.length;
    // Each release is in the file before the next is rendered: no buffer waits for anything.
    writeSync(out, toYaml(manifests));
  }
  closeSync(out);
  const report: ManyReleases = {
    milliseconds: performance.now() - start,
    objects,
    maxResident: process.resourceUsage().maxRSS * 1024,
  };
  console.log(JSON.stringify(report));
}

main(process.argv.slice(2));
