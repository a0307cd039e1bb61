import { failed, ok, type Said } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { runtimeConfig, type VerifyRule } from '../facts.ts';

export const gatewaysSeparate: VerifyRule = {
  code: 'WorkloadGatewaySeparate',
  looksAt: 'The workload Gateway is an object of its own.',
  replaces: ['kubectl -n <workload-gateway-namespace> get gateway <workload-gateway-name>'],
  next: 'give it another name: gatewayAPI.workload.name',
  check: (facts): readonly Said[] => {
    const config = runtimeConfig(facts);
    if (config?.workload === undefined) return [];
    const { gateway } = config.workload;
    const object = placeName('Gateway', gateway.namespace, gateway.name);
    const other = config.controlPlane.gateway;
    const isSame = other.name === gateway.name && other.namespace === gateway.namespace;
    return [
      isSame
        ? failed(object, 'a Gateway for workloads alone', 'that of the control planes')
        : ok(object, 'a Gateway of its own'),
    ];
  },
};
