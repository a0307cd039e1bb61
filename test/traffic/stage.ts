import { EVERYTHING, merge, type Release, type Values } from '../../tools/lab/chart.ts';
import { type Lab, startLab } from '../../tools/lab/lab.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import type { Entries } from './modes.ts';
import { hostnamesOf } from './names.ts';

/** A lab with clusters, and where its entries are. */
export interface Stage {
  readonly lab: Lab;
  readonly clusters: readonly number[];
  entries(): Promise<Entries>;
  /** Upgrades the chart to the values of {@link EVERYTHING} with others over them. */
  become(values: Values, release?: Partial<Omit<Release, 'values'>>): Promise<void>;
}

/** Starts a lab with the chart and some clusters, each with two hostnames. */
export async function startStage(count: number, release: Release): Promise<Stage> {
  const lab = await startLab();
  try {
    await lab.upgrade(release);
    const clusters = Array.from({ length: count }, (_, index) => index + 1);
    for (const index of clusters) await lab.setHostnames(index, hostnamesOf(index));
    return {
      lab,
      clusters,
      entries: () => entriesOf(lab),
      become: (values, { chart = release.chart, helm = release.helm } = {}) =>
        lab.upgrade({ chart, helm, values: merge(EVERYTHING, values) }),
    };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

/** Where the entries are, once each Gateway has an address. */
export async function entriesOf(lab: Lab): Promise<Entries> {
  const entry = async (name: string): Promise<string> => {
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
