import { BACKEND_ANNOTATIONS } from '../../../contract/labels.ts';
import { annotation } from '../../../planner/world/objects.ts';
import { failed, unknown } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { nameOf } from '../../checks/object-name.ts';
import { nodeAddresses, readBackends, shimServices } from '../backends.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const shimMode: VerifyRule = {
  code: 'ShimMode',
  looksAt: 'Endpoints fit the mode: with podip none of them is the address of a Node of the host.',
  replaces: [
    "kubectl get httproute,svc,endpointslice -A -l 'app.kubernetes.io/managed-by=kubebyon,kubebyon.app/gateway-api-sync-kind=workload-edge'",
  ],
  next: 'nothing by hand: the controller writes them anew; see that it runs, and who else writes EndpointSlices',
  check: (facts) => {
    const nodes = all(facts, 'Node');
    if (!nodes.seen)
      return shimServices(facts).length === 0
        ? []
        : [unknown('endpoints of shim Services', 'the Nodes of the host', nodes.why, nodes.next)];
    const ofNodes = nodeAddresses(nodes.value);
    const { addressesOf } = readBackends(facts);
    return ofMany(shimServices(facts), 'shim Services of their mode', (service) => {
      const mode = annotation(service, BACKEND_ANNOTATIONS.mode);
      const { namespace = '', name } = service.metadata;
      const wrong =
        mode === 'podip' ? addressesOf({ namespace, name })?.find((one) => ofNodes.has(one)) : undefined;
      return wrong === undefined
        ? undefined
        : failed(nameOf(service), 'addresses of Pods, as its mode podip says', `${wrong}, which is a Node`);
    });
  },
};
