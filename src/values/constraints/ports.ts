import { and, eq, not } from '../../template/index.ts';
import { values } from '../chart-definition.ts';
import type { Constraint } from './constraint.ts';

const { api, publicAccess } = values;

/** Ports that must differ. */
export const portConstraints: readonly Constraint[] = [
  {
    code: 'ServicePortsCollide',
    brokenWhen: and(eq(publicAccess.provider, 'haproxy'), not(api.hostNetwork), eq(api.service.port, 443)),
    path: 'api.service.port',
    message:
      'with the provider haproxy port 443 of the API Service leads to haproxy, so the API cannot have it',
    hint: 'choose another api.service.port',
  },
];
