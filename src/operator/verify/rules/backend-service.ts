import { failed } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { readBackends } from '../backends.ts';
import type { VerifyRule } from '../facts.ts';
import { backendsOf, ofMany, ownRoutes } from '../routes.ts';

export const backendService: VerifyRule = {
  code: 'BackendService',
  looksAt: 'The Service of each HTTPRoute is there and has the port that the route names.',
  replaces: [
    "kubectl get httproute,svc,endpointslice -A -l 'app.kubernetes.io/managed-by=kubebyon,kubebyon.app/gateway-api-sync-kind=workload-edge'",
    "kubectl -n kubebyon-system get deploy,svc | rg 'kubebyon-web|web'",
  ],
  next: 'see that the controller runs; of the platform: helm upgrade',
  check: (facts) => {
    const { serviceProblem } = readBackends(facts);
    return ofMany(ownRoutes(facts, 'HTTPRoute'), 'HTTPRoutes with their Services', (route) => {
      const problem = backendsOf(route)
        .map(serviceProblem)
        .find((one) => one !== undefined);
      return problem === undefined ? undefined : failed(nameOf(route), 'its Service', problem);
    });
  },
};
