import { failed, ok, type Said } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const dnsPointsHere: VerifyRule = {
  code: 'DNSPointsHere',
  looksAt:
    'That address is one of its Gateway; behind a proxy or another load balancer it is not, and all else may still work.',
  replaces: [],
  next: 'point the name at an address of the Gateway; one of another cluster answers now',
  check: ({ requests }) =>
    requests.flatMap(({ target, dns }): readonly Said[] => {
      // The address in a status may be a name, of which only DNS knows more.
      const addresses = target.addresses.filter((one) => /^[0-9a-f:.]+$/i.test(one));
      if (dns?.ok !== true || addresses.length === 0) return [];
      return [
        dns.value.some((one) => addresses.includes(one))
          ? ok(target.hostname, 'the address of its Gateway')
          : failed(target.hostname, addresses.join(' or '), dns.value.join(', ')),
      ];
    }),
};
