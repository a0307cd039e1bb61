import { failed, ok, type Said } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { readBackends } from '../../verify/backends.ts';
import type { WhyLink } from '../facts.ts';
import { backendsBehind } from '../secrets.ts';

export const serviceLink: WhyLink = {
  code: 'HostnameService',
  looksAt: 'The Service of its routes is there, with the port that they name.',
  replaces: [],
  next: 'see that the controller runs; of the platform: helm upgrade',
  check: (facts) => {
    const { serviceProblem } = readBackends(facts);
    return backendsBehind(facts).map((backend): Said => {
      const problem = serviceProblem(backend);
      const object = placeName('Service', backend.namespace, backend.name);
      return problem === undefined
        ? ok(object, `port ${backend.port ?? ''}`)
        : failed(object, 'the Service of its route', problem);
    });
  },
};
