import { CONTROL_PLANE_ENV, WORKLOAD_ENV } from '../../../contract/environment.ts';
import { listed } from '../../../text/listed.ts';
import { failed, ok, type Said, warned } from '../../checks/check.ts';
import { gatewayVariables } from '../../checks/deployment-config.ts';
import { nameOf } from '../../checks/object-name.ts';
import { partOf, runtimeConfig, type VerifyRule } from '../facts.ts';

export const workerEnvironment: VerifyRule = {
  code: 'WorkerEnvironment',
  looksAt: 'The worker has the variables of the control-plane Gateway and none of the workload Gateway.',
  replaces: ["kubectl -n kubebyon-system get deploy -o yaml | rg 'KUBEBYON_GATEWAY_API_'"],
  next: 'helm upgrade with the values of this release',
  check: (facts): readonly Said[] => {
    const worker = partOf(facts, 'worker');
    if (worker === undefined || runtimeConfig(facts) === undefined) return [];
    const names = Object.keys(gatewayVariables(worker));
    const missing = Object.values<string>(CONTROL_PLANE_ENV).filter((name) => !names.includes(name));
    if (missing.length > 0)
      return [
        failed(nameOf(worker), 'the variables of the control-plane Gateway', `none of ${listed(missing)}`),
      ];
    const extra = Object.values<string>(WORKLOAD_ENV).filter((name) => names.includes(name));
    if (extra.length > 0)
      return [warned(nameOf(worker), 'no variables of the workload Gateway', listed(extra))];
    return [ok(nameOf(worker), `${names.length} variables`)];
  },
};
