import { PREVIOUS_TAG } from '../../tools/lab/images.ts';
import { waitUntil } from '../../tools/lab/wait.ts';
import type { Entries } from './modes.ts';
import { hostnamesOf } from './names.ts';
import { controllerImages, endLeader } from './parts.ts';
import { isFrom, untilServed } from './serving.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** What happens to the edge controllers: each time a hostname is added at once, and must be served. */
export const CONTROLLER_STORIES: readonly Story[] = [
  {
    name: 'the leading edge controller ends as it is asked to (SIGTERM), and a hostname is added',
    run: async (stage, entries) => {
      await endLeader(stage.lab, 'SIGTERM');
      return addedHostname(stage, entries, 'after-term');
    },
  },
  {
    name: 'the leading edge controller is killed, and a hostname is added',
    run: async (stage, entries) => {
      await endLeader(stage.lab, 'SIGKILL');
      return addedHostname(stage, entries, 'after-kill');
    },
  },
  {
    name: 'the edge controllers are replaced by those of another version (helm upgrade), and a hostname is added',
    run: async (stage, entries) => {
      await stage.become({ edgeController: { image: { tag: PREVIOUS_TAG } } });
      const served = await addedHostname(stage, entries, 'other-version');
      await untilAllAre(stage, (image) => image.endsWith(`:${PREVIOUS_TAG}`));
      return served;
    },
  },
  {
    name: 'the edge controllers of this version come back (helm upgrade), and a hostname is added',
    run: async (stage, entries) => {
      await stage.become({});
      const served = await addedHostname(stage, entries, 'this-version');
      await untilAllAre(stage, (image) => !image.endsWith(`:${PREVIOUS_TAG}`));
      return served;
    },
  },
];

/** Gives a cluster a hostname of its customer; how many milliseconds it takes until that is served. */
async function addedHostname({ lab }: Stage, { workload }: Entries, label: string): Promise<number> {
  const host = `${label}.customer6.test`;
  await lab.setHostnames(6, [...hostnamesOf(6), host]);
  return untilServed('the new hostname', { scheme: 'https', address: workload, host }, isFrom(6));
}

/** Waits until no Pod of the other version runs any more. */
async function untilAllAre({ lab }: Stage, isRight: (image: string) => boolean): Promise<void> {
  const areRight = (): boolean => {
    const images = controllerImages(lab);
    return images.length === 2 && images.every(isRight);
  };
  await waitUntil('both edge controllers are replaced', areRight, 120_000);
}
