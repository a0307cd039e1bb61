import { get, listOf, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { classesOf, gatewayConfig, type Wanted } from '../wanted.ts';

export const gatewayClassFeatures: PreflightRule = {
  code: 'GatewayClassFeatures',
  looksAt: 'Where a class says what it supports, everything that its Gateways need is among that.',
  replaces: [],
  next: 'choose another GatewayClass, or a newer version of its controller',
  check: ({ wanted, ...facts }) =>
    [...classesOf(wanted)].flatMap(([name, gateways]) =>
      ifThere(facts, 'GatewayClass', '', name, (object): readonly Said[] => {
        const supported = listOf(get(object.status, 'supportedFeatures')).map(
          (feature) => textOf(get(feature, 'name')) ?? textOf(feature) ?? '',
        );
        // An empty list says nothing: Envoy Gateway leaves it so.
        if (supported.length === 0) return [];
        const needed = gateways.flatMap(({ metadata }) => neededOf(wanted, metadata.name));
        const missing = [...new Set(needed)].filter((feature) => !supported.includes(feature));
        return [
          missing.length === 0
            ? ok(nameOf(object), 'it supports all that is needed')
            : failed(nameOf(object), `the features ${missing.join(', ')}`, 'a class without them'),
        ];
      }),
    ),
};

/** Features by the names of the Gateway API's own conformance profile. */
function neededOf(wanted: Wanted, gateway: string): readonly string[] {
  const config = gatewayConfig(wanted);
  if (config?.controlPlane.gateway.name === gateway) return ['Gateway', 'TLSRoute'];
  if (config?.workload?.gateway.name !== gateway) return ['Gateway', 'HTTPRoute'];
  const { tls, listenerSets } = config.workload;
  return [
    'Gateway',
    'HTTPRoute',
    ...(tls?.selfManaged === true ? ['HTTPRouteHostRewrite'] : []),
    ...(listenerSets ? ['ListenerSet'] : []),
  ];
}
