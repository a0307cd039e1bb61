import { type Finding, finding } from '../findings.ts';
import type { Clock } from '../world/clock.ts';
import { describeCondition, missingVerdict, statusCondition } from '../world/looked-at.ts';
import { isCurrent, referenceOf } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';

/** What to do about the reasons that the Gateway API knows (GatewayStatus). */
const REMEDIES: Readonly<Record<string, string>> = {
  AddressNotAssigned:
    'nothing has given it an address: see its LoadBalancer Service, or gatewayAPI.*.addresses and addressMode',
  AddressNotUsable: 'the controller cannot use the address in its spec: see gatewayAPI.*.addresses',
  NoResources: 'the controller could not make its proxies: see their Deployment and its events',
  Pending: 'the controller has not come to it yet',
  Invalid: 'a listener or a parameter of it is not valid: see its listeners’ conditions',
  InvalidParameters: 'the parametersRef of it or of its class leads nowhere',
  UnsupportedAddress: 'the controller does not know this type of address: see gatewayAPI.*.addresses',
};

/** What a Gateway that does not work says of itself; routes and certificates go on as before. */
export function gatewayFindings(gateways: readonly KubeObject[], clock: Clock): readonly Finding[] {
  return gateways.flatMap((gateway) => {
    const object = referenceOf(gateway);
    for (const type of ['Accepted', 'Programmed']) {
      const condition = statusCondition(gateway, type);
      if (condition?.status === 'False' && isCurrent(condition, gateway.metadata.generation)) {
        const message = describeCondition(type, condition, REMEDIES);
        return [finding('GatewayNotProgrammed', null, message, { object })];
      }
    }
    for (const type of ['Accepted', 'Programmed']) {
      const missing = missingVerdict(gateway, statusCondition(gateway, type), type, clock);
      if (missing === undefined) continue;
      const message = `${missing.what}, a minute after it was written`;
      return [finding('GatewayNotObserved', null, message, { object })];
    }
    return [];
  });
}
