import { listenersOf } from '../../../planner/world/objects.ts';
import { ok, type Said, warned } from '../../checks/check.ts';
import { all } from '../../checks/facts.ts';
import { nameOf } from '../../checks/object-name.ts';
import { gatewaysOf, runtimeConfig, runtimeObjects, type VerifyRule } from '../facts.ts';

export const httpsListener: VerifyRule = {
  code: 'HttpsListener',
  looksAt:
    'With gatewayAPI.workload.tls, and once there are clusters, the runtime has put its HTTPS listener on the workload Gateway.',
  replaces: ['kubectl -n <workload-gateway-namespace> describe gateway <workload-gateway-name>'],
  next: 'see that the controller runs and what it says of the cluster: kubebyon-gateway sync --dry-run',
  check: (facts) => {
    const tls = runtimeConfig(facts)?.workload?.tls;
    if (tls === undefined || runtimeObjects(all(facts, 'HTTPRoute')).length === 0) return [];
    return gatewaysOf(facts)
      .filter(({ entry }) => entry.role === 'workload')
      .flatMap(({ gateway }): readonly Said[] => {
        const names = listenersOf(gateway).map(({ name }) => name);
        const isThere = names.some((name) => name === tls.httpsListenerName || name.startsWith('kb-'));
        return [
          isThere
            ? ok(nameOf(gateway), 'HTTPS listeners of the runtime')
            : warned(nameOf(gateway), `a listener ${tls.httpsListenerName}`, `only ${names.join(', ')}`),
        ];
      });
  },
};
