import { closeSync, openSync, writeSync } from 'node:fs';
import { emitDocument, hasErrors, loadValues, render, toYaml } from '../src/index.ts';
import { threadTime } from './clock.ts';
import type { UserValues } from './example.ts';
import { variantOf } from './variants.ts';

/** What one process reports on its standard output, as JSON. */
export interface ManyReleases {
  /** Time of the main thread, without that of making the texts and of the start of the process. */
  readonly milliseconds: number;
  readonly objects: number;
  /** The most memory that the process held after any release, in bytes. */
  readonly maxResident: number;
}

/** Renders releases that all differ, each from the text of its values, into one file. Arguments: how many, the file, the values as JSON. */
function main([count = '', file = '', valuesText = '']: readonly string[]): void {
  const values: UserValues = JSON.parse(valuesText);
  let milliseconds = 0;
  const out = openSync(file, 'w');
  let objects = 0;
  // Not `resourceUsage().maxRSS`: on Linux that begins with what the parent held when it started this process.
  let maxResident = 0;
  for (let index = 0; index < Number(count); index += 1) {
    const { user, release } = variantOf(values, index);
    const text = emitDocument(user);
    const start = threadTime();
    const loaded = loadValues('multi-node', [{ kind: 'file', name: 'values.yaml', text }]);
    const { manifests, problems } = render(loaded, release);
    if (hasErrors(problems)) throw new Error(`release ${index} is refused: ${problems[0]?.message}`);
    objects += manifests.length;
    // Each release is in the file before the next is rendered: no buffer waits for anything.
    writeSync(out, toYaml(manifests));
    milliseconds += threadTime() - start;
    maxResident = Math.max(maxResident, process.memoryUsage.rss());
  }
  closeSync(out);
  const report: ManyReleases = {
    milliseconds,
    objects,
    maxResident,
  };
  console.log(JSON.stringify(report));
}

main(process.argv.slice(2));
