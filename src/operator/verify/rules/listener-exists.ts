import { listenersOf } from '../../../planner/world/objects.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { gatewaysOf, runtimeConfig, type VerifyRule } from '../facts.ts';

export const listenerExists: VerifyRule = {
  code: 'ListenerExists',
  looksAt:
    'The Gateways have the listeners that the variables of the API name: gatewayAPI.listenerName, and that for HTTP of workloads.',
  replaces: ['kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>'],
  next: 'helm upgrade with the values of this release, and look who else changes the Gateway: kubectl get gateway NAME -o yaml --show-managed-fields',
  check: (facts) => {
    const config = runtimeConfig(facts);
    return gatewaysOf(facts).flatMap(({ entry, gateway }): readonly Said[] => {
      const wanted = {
        'control-plane': config?.controlPlane.listenerName,
        workload: config?.workload?.httpListenerName,
        platform: 'https',
      }[entry.role];
      if (wanted === undefined) return [];
      const names = listenersOf(gateway).map(({ name }) => name);
      return [
        names.includes(wanted)
          ? ok(nameOf(gateway), `listener ${wanted}`)
          : failed(nameOf(gateway), `a listener ${wanted}`, `only ${names.join(', ')}`),
      ];
    });
  },
};
