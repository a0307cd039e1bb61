import { and, concat, eq, not, or, toText } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import type { Constraint } from './constraint.ts';

const { api, haproxy, publicAccess } = values;
const usesHaproxy = eq(publicAccess.provider, 'haproxy');

/** Ports that must differ. */
export const portConstraints: readonly Constraint[] = [
  {
    code: 'ServicePortsCollide',
    brokenWhen: and(usesHaproxy, not(api.hostNetwork), eq(api.service.port, 443)),
    path: 'api.service.port',
    message:
      'with the provider haproxy port 443 of the API Service leads to haproxy, so the API cannot have it',
    hint: 'choose another api.service.port',
  },
  {
    code: 'HealthPortTaken',
    brokenWhen: and(
      usesHaproxy,
      or(eq(haproxy.healthPort, 8080), and(not(api.hostNetwork), eq(haproxy.healthPort, 8443))),
    ),
    path: 'haproxy.healthPort',
    message: concat(
      'the Pod of the API has another port ',
      toText(haproxy.healthPort),
      ', that of the API or of haproxy itself',
    ),
    hint: 'choose another haproxy.healthPort',
  },
];
