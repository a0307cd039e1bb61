import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserValues } from './example.ts';
import type { ManyReleases } from './many-releases-worker.ts';
import { median } from './measure.ts';
import { atMost, type Row, showRatio, showTime } from './table.ts';
import { bundleWorker, runWorker } from './worker.ts';

const COUNTS = [250, 500, 1000] as const;

/** Memory that the biggest run may hold, in MiB. */
const MAX_RESIDENT = 120;

/** How much longer the later releases may take than the earlier ones before growth is no longer called linear. */
const LINEAR = 1.25;

/** Many releases in one process, streamed to a file: time by count, and memory. Each count has processes of its own. */
export async function manyReleases(user: UserValues, rounds: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kubebyon-bench-'));
  try {
    const worker = await bundleWorker('many-releases-worker.ts', folder);
    const reports = new Map<number, ManyReleases[]>(COUNTS.map((count) => [count, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const count of COUNTS) {
        const args = [String(count), join(folder, 'manifests.yaml'), JSON.stringify(user)];
        reports.get(count)?.push(runWorker(worker, args));
      }
    }
    return rowsOf(reports);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(reports: ReadonlyMap<number, readonly ManyReleases[]>): readonly Row[] {
  const times = COUNTS.map((count) => median(reports.get(count)?.map((report) => report.milliseconds) ?? []));
  const [few = 0, half = 0, all = 0] = times;
  const growth = (all - half) / 500 / ((half - few) / 250);
  const largest = reports.get(1000) ?? [];
  const resident = median(largest.map(({ maxResident }) => maxResident)) / 2 ** 20;
  return [
    ...COUNTS.map((count, index) => ({
      what: `${count} releases from text with all checks to a file`,
      figure: showTime(times[index] ?? Number.NaN),
      relation: `${reports.get(count)?.[0]?.objects.toLocaleString('en')} objects`,
    })),
    {
      what: 'time for each of the last 500 releases',
      figure: showTime((all - half) / 500),
      relation: `${showRatio(growth)} each of releases 251 to 500`,
      target: atMost(growth, LINEAR, 'x'),
    },
    {
      what: 'most memory held with 1000 releases',
      figure: `${resident.toFixed(0)} MiB`,
      relation: '',
      target: atMost(resident, MAX_RESIDENT, ' MiB'),
    },
  ];
}
