import { BACKEND_ANNOTATIONS } from '../../../contract/labels.ts';
import { annotation } from '../../../planner/world/objects.ts';
import { failed } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { shimServices } from '../backends.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const shimAnnotations: VerifyRule = {
  code: 'ShimAnnotations',
  looksAt: 'Each shim Service says its mode, podip or nodeport, its port and where they come from.',
  replaces: [
    "kubectl get httproute,svc,endpointslice -A -l 'app.kubernetes.io/managed-by=kubebyon,kubebyon.app/gateway-api-sync-kind=workload-edge'",
  ],
  next: 'nothing by hand: the controller writes them anew; see that it runs',
  check: (facts) =>
    ofMany(shimServices(facts), 'shim Services', (service) => {
      const mode = annotation(service, BACKEND_ANNOTATIONS.mode);
      const port = annotation(service, BACKEND_ANNOTATIONS.port);
      const source = annotation(service, BACKEND_ANNOTATIONS.source);
      if ((mode === 'podip' || mode === 'nodeport') && /^\d+$/.test(port ?? '') && source !== undefined)
        return undefined;
      return failed(
        nameOf(service),
        'mode podip or nodeport, a port and a source',
        `${mode ?? 'no mode'}, ${port ?? 'no port'}, ${source ?? 'no source'}`,
      );
    }),
};
