import { failed } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { readBackends } from '../backends.ts';
import type { VerifyRule } from '../facts.ts';
import { type Backend, backendsOf, ofMany, ownRoutes } from '../routes.ts';

export const backendEndpoints: VerifyRule = {
  code: 'BackendEndpoints',
  looksAt: 'Behind each of these Services is at least one endpoint that is ready.',
  replaces: [
    "kubectl get httproute,svc,endpointslice -A -l 'app.kubernetes.io/managed-by=kubebyon,kubebyon.app/gateway-api-sync-kind=workload-edge'",
  ],
  next: 'of a cluster: see that its ingress Pods are Ready; of the platform: see the Pods of its Deployment',
  check: (facts) => {
    const { serviceProblem, endpointsProblem } = readBackends(facts);
    const backends = ownRoutes(facts, 'HTTPRoute').flatMap(backendsOf);
    const distinct = [
      ...new Map(backends.map((one): [string, Backend] => [`${one.namespace}/${one.name}`, one])).values(),
    ];
    const there = distinct.filter((backend) => serviceProblem(backend) === undefined);
    return ofMany(there, 'Services with endpoints', (backend) => {
      const problem = endpointsProblem(backend);
      return problem === undefined
        ? undefined
        : failed(placeName('Service', backend.namespace, backend.name), 'an endpoint that is ready', problem);
    });
  },
};
