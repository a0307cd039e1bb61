import { spread } from '../../template/index.ts';
import type { PodValues } from './pod.ts';

/** Scratch space, because the root file system of every container is read-only by default. */
export const temporaryVolume = { name: 'tmp', emptyDir: {} };
export const temporaryMount = { name: 'tmp', mountPath: '/tmp' };

/** What the values add to the lists of a Pod. */
export function additions(pod: PodValues) {
  return {
    env: spread(pod.extraEnv),
    volumes: spread(pod.extraVolumes),
    volumeMounts: spread(pod.extraVolumeMounts),
    containers: spread(pod.extraContainers),
  };
}
