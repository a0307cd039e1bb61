import { merge, type Release, type Values } from '../../tools/lab/chart.ts';
import type { Implementation } from '../../tools/lab/implementation.ts';
import { type Lab, startLab } from '../../tools/lab/lab.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import type { Entries } from './modes.ts';
import { hostnamesOf } from './names.ts';

/** A lab with clusters, and where its entries are. */
export interface Stage {
  readonly lab: Lab;
  readonly clusters: readonly number[];
  /** Waits until these have an address, all unless given; the address of another one is empty. */
  entries(which?: readonly (keyof Entries)[]): Promise<Entries>;
  /** Upgrades the chart to the values of the first release with others over them. */
  become(values: Values, release?: Partial<Omit<Release, 'values'>>): Promise<void>;
}

export const ALL_ENTRIES = ['control-plane', 'platform', 'workload'] as const satisfies (keyof Entries)[];

/** Starts a lab with the chart and some clusters, each with two hostnames. */
export async function startStage(
  count: number,
  release: Release,
  implementation?: Implementation,
): Promise<Stage> {
  const lab = await startLab(implementation);
  try {
    await lab.upgrade(release);
    const clusters = Array.from({ length: count }, (_, index) => index + 1);
    for (const index of clusters) await lab.setHostnames(index, hostnamesOf(index));
    return {
      lab,
      clusters,
      entries: (which = ALL_ENTRIES) => entriesOf(lab, which),
      become: (values, { chart = release.chart, helm = release.helm } = {}) =>
        lab.upgrade({ chart, helm, values: merge(release.values, values) }),
    };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

/** Where the entries are, once each Gateway has an address; the address of one that is not asked for is empty. */
export async function entriesOf(lab: Lab, which: readonly (keyof Entries)[] = ALL_ENTRIES): Promise<Entries> {
  const entry = async (name: keyof Entries): Promise<string> => {
    if (!which.includes(name)) return '';
    let address: string | undefined;
    const isThere = async (): Promise<boolean> => {
      address = await lab.addressOf(name);
      return address !== undefined;
    };
    await waitUntil(`the Gateway of ${name} has an address`, isThere, 120_000);
    return address ?? '';
  };
  const [controlPlane, platform, workload] = [
    await entry('control-plane'),
    await entry('platform'),
    await entry('workload'),
  ];
  return { 'control-plane': controlPlane, platform, workload };
}
