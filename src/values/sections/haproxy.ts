import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import { fragmentMap, group, integer } from '../definition.ts';
import { image } from './image.ts';

/** The haproxy sidecar, with publicAccess.provider=haproxy. */
export const haproxy = group('The haproxy sidecar of the API Pod, with publicAccess.provider=haproxy.', {
  image: image('haproxy', '3.2-alpine'),
  resources: fragmentMap<IResourceRequirements>('Requests and limits of the haproxy container.'),
  pollSeconds: integer(2, [1, 300], 'Seconds between two looks at whether the configuration has changed.'),
});
