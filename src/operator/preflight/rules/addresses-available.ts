import { parseTime } from '../../../planner/world/clock.ts';
import { at, get, listOf, textOf } from '../../../planner/world/json.ts';
import { listed } from '../../../text/listed.ts';
import { ok, type Said, unknown, warned } from '../../checks/check.ts';
import { all, answerTo, type SeenObject } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import type { PreflightRule } from '../facts.ts';
import { LOAD_BALANCERS } from '../questions.ts';
import { classesOf } from '../wanted.ts';

/** An address that takes longer is not on its way. */
const PATIENCE_MS = 2 * 60_000;

export const addressesAvailable: PreflightRule = {
  code: 'AddressesAvailable',
  looksAt:
    'Something gives addresses to Services of type LoadBalancer: what waits for one, and what has one.',
  replaces: [],
  next: 'install a load balancer, such as MetalLB with a pool of addresses, or give the class an EnvoyProxy with another type of Service',
  check: (facts) => {
    const classes = classesOf(facts.wanted);
    if (classes.size === 0) return [];
    return ifSeen(answerTo(facts, LOAD_BALANCERS), 'addresses of Gateways', (services): readonly Said[] => {
      const gateways = all(facts, 'Gateway');
      const ofClass = gateways.seen
        ? gateways.value.filter(({ spec }) => classes.has(textOf(get(spec, 'gatewayClassName')) ?? ''))
        : [];
      if (ofClass.some(hasAddress)) return [ok('addresses of Gateways', 'a Gateway of the class has one')];
      const waiting = services.filter((service) => !hasIngress(service) && isOld(service, facts.now));
      if (waiting.length > 0) {
        const names = listed(waiting.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`));
        return [
          warned(
            'addresses of Gateways',
            'Services of type LoadBalancer with an address',
            `none for ${names}`,
          ),
        ];
      }
      if (services.some(hasIngress))
        return [ok('addresses of Gateways', 'Services of type LoadBalancer have some')];
      return [
        unknown(
          'addresses of Gateways',
          'a Service of type LoadBalancer with an address',
          'no such Service yet',
        ),
      ];
    });
  },
};

function hasAddress({ status }: SeenObject): boolean {
  return listOf(get(status, 'addresses')).length > 0;
}

function hasIngress({ status }: SeenObject): boolean {
  return listOf(at(status, 'loadBalancer', 'ingress')).length > 0;
}

function isOld({ metadata }: SeenObject, now: number): boolean {
  return now - (parseTime(metadata.creationTimestamp) ?? now) > PATIENCE_MS;
}
