import { group } from '../definition.ts';
import { image } from './image.ts';
import { replicatedPodKeys } from './pod.ts';

/** The worker of the multi-node chart. */
export const worker = group('The worker process.', {
  image: image('kubebyon-worker'),
  ...replicatedPodKeys('worker'),
});
