import { BACKEND_ANNOTATIONS } from '../../../contract/labels.ts';
import { annotation } from '../../../planner/world/objects.ts';
import { listed } from '../../../text/listed.ts';
import { failed, ok, type Said, unknown } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { readBackends, shimServices } from '../../verify/backends.ts';
import type { WhyLink } from '../facts.ts';
import { backendsBehind } from '../secrets.ts';

export const endpointsLink: WhyLink = {
  code: 'HostnameEndpoints',
  looksAt: 'Behind this Service is an endpoint that is ready: a Pod, or a Node with its NodePort.',
  replaces: [],
  next: 'see that the ingress Pods of the cluster are Ready, and its Nodes',
  check: (facts) => {
    const { serviceProblem, endpointsProblem, addressesOf } = readBackends(facts);
    return backendsBehind(facts)
      .filter((backend) => serviceProblem(backend) === undefined)
      .map((backend): Said => {
        const { namespace, name } = backend;
        const object = placeName('Service', namespace, name);
        const addresses = addressesOf(backend);
        if (addresses === undefined) return unknown(object, 'its EndpointSlices', 'they were not read');
        const problem = endpointsProblem(backend);
        if (problem !== undefined) return failed(object, 'an endpoint that is ready', problem);
        const shim = shimServices(facts).find(
          ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
        );
        const mode = shim === undefined ? undefined : annotation(shim, BACKEND_ANNOTATIONS.mode);
        return ok(object, `${listed(addresses)}${mode === undefined ? '' : ` by ${mode}`}`);
      });
  },
};
