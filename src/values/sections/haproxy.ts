import { fragmentMap, group, integer } from '../definition.ts';
import { image } from './image.ts';

/** The haproxy sidecar, with publicAccess.provider=haproxy. */
export const haproxy = group('The haproxy sidecar of the API Pod, with publicAccess.provider=haproxy.', {
  image: image('haproxy', '3.2-alpine'),
  resources: fragmentMap('ResourceRequirements', 'Requests and limits of the haproxy container.'),
  healthPort: integer(
    8404,
    [1024, 65_535],
    "Port on which haproxy answers the kubelet's probes; with api.hostNetwork on the loopback address of the Node.",
  ),
  pollSeconds: integer(2, [1, 300], 'Seconds between two looks at whether the configuration has changed.'),
});
