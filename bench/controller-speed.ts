import type { RestReport } from './controller/controller-worker.ts';
import type { FaultsReport } from './controller/faults-worker.ts';
import { missingTools, type Story, type StorySizes, tellStory } from './controller/story.ts';
import { installPeers } from './peers.ts';
import { PARTS } from './rows.ts';
import { atLeast, atMost, type Row, showRatio, showTime, type Target } from './table.ts';

/** Fewer clusters are a check that the story can be told; their figures are judged by no target. */
const JUDGED = 5_000;

/** The most milliseconds that the event loop may be held up: nearly always, and ever. */
const STALL_MS = 20;
const LONGEST_STALL_MS = 50;

const MIB = 2 ** 20;

/** A controller of many clusters on a real API server: a cold start, a change, rest, and writing everything. */
export async function controllerSpeed(sizes: StorySizes): Promise<readonly Row[]> {
  const missing = missingTools();
  if (missing !== undefined) {
    console.error(`bench: controller: not measured: ${missing}`);
    return PARTS.controller.map((what) => ({ what, figure: 'not measured', relation: missing }));
  }
  installPeers();
  const story = await tellStory(sizes);
  const rows = rowsOf(story, sizes);
  return PARTS.controller.map((what, index) => ({ what, ...(rows[index] ?? NOTHING) }));
}

const NOTHING = { figure: 'not measured', relation: '' };

/** In the order of rows.ts. */
function rowsOf(
  { fill, rest, informers, faults }: Story,
  { clusters }: StorySizes,
): readonly Omit<Row, 'what'>[] {
  const judged = (target: Target) => (clusters < JUDGED ? {} : { target });
  const resident = Math.max(fill.maxResident, rest.maxResident) / MIB;
  const share = rest.idle.share * 100;
  const ratio = fill.rate / fill.bareRate;
  const hostnames = (clusters * 10).toLocaleString('en');
  return [
    {
      figure: showTime(rest.observed),
      relation: `${clusters.toLocaleString('en')} tenants, ${hostnames} hostnames; ${showTime(rest.observedProcessor)} of a processor`,
      ...judged(atMost(rest.observed / 1000, 60, ' s')),
    },
    {
      figure: showTime(rest.planned),
      relation: `${showTime(rest.plannedProcessor)} of a processor`,
      ...judged(atMost(rest.planned / 1000, 3, ' s')),
    },
    { figure: showTime(rest.answered), relation: 'since the start, two servers, 32 names at a time' },
    {
      figure: `${resident.toFixed(0)} MiB`,
      relation: `heap ${(rest.heap / MIB).toFixed(0)} MiB at the end; ${(fill.maxResident / MIB).toFixed(0)} MiB while everything is written`,
      ...judged(atMost(resident, 900, ' MiB')),
    },
    stallsRow(rest, judged),
    {
      figure: showTime(rest.change.p99),
      relation: `over the API server's own ${showTime(rest.change.roundTrip)}; half within ${showTime(rest.change.p50)}, of ${rest.change.count}`,
      ...judged(atMost(rest.change.p99, 100, ' ms')),
    },
    {
      figure: `${rest.change.mostWrites}`,
      relation: 'the most of one hostname, statuses included',
      ...judged(atMost(rest.change.mostWrites, 3, '')),
    },
    {
      figure: `${share.toFixed(1)} % of a processor`,
      relation: `${rest.idle.writes} writes in ${showTime(rest.idle.milliseconds)}`,
      ...judged({ text: 'at most 2 %, 0 writes', isMet: share <= 2 && rest.idle.writes === 0 }),
    },
    {
      figure: fill.rate.toFixed(0),
      relation: `${showRatio(ratio)} of a bare loop of applies, ${fill.bareRate.toFixed(0)}; ${fill.writes.toLocaleString('en')} in all`,
      ...judged(atLeast(ratio, 0.9, 'x')),
    },
    {
      figure: showTime(informers.observed),
      relation: `${showRatio(informers.observed / rest.observed)} of the controller; ${showTime(informers.processor)} of a processor, ${(informers.maxResident / MIB).toFixed(0)} MiB`,
    },
    faultsRow(faults, 'ours'),
    faultsRow(faults, 'informer'),
  ];
}

function stallsRow({ stalls }: RestReport, judged: (target: Target) => object): Omit<Row, 'what'> {
  const { processorP99, processorLongest, p99, longest } = stalls;
  return {
    figure: showTime(processorP99),
    relation: `of a processor, the longest ${showTime(processorLongest)}; by the clock ${showTime(p99)} and ${showTime(longest)}`,
    ...judged({
      text: `at most ${STALL_MS} ms, none above ${LONGEST_STALL_MS} ms`,
      isMet: processorP99 <= STALL_MS && processorLongest <= LONGEST_STALL_MS,
    }),
  };
}

function faultsRow({ groups }: FaultsReport, who: 'ours' | 'informer'): Omit<Row, 'what'> {
  const lost = groups.filter((group) => !group[who]);
  return {
    figure: `${groups.length - lost.length} of ${groups.length}`,
    relation: lost.length === 0 ? 'none lost' : `lost: ${lost.map(({ name }) => name).join('; ')}`,
    ...(who === 'ours' ? { target: { text: 'all', isMet: lost.length === 0 } } : {}),
  };
}
