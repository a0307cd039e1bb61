import { failed, ok } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { addressesOf } from '../../verify/addresses.ts';
import { gatewaysBehind, type WhyLink } from '../facts.ts';

export const addressLink: WhyLink = {
  code: 'HostnameAddress',
  looksAt: 'This Gateway has an address.',
  replaces: [],
  next: 'see the Service of type LoadBalancer that its controller makes, and whoever gives it an address',
  check: (facts) =>
    gatewaysBehind(facts).map((gateway) => {
      const addresses = addressesOf(gateway);
      return addresses.length > 0
        ? ok(nameOf(gateway), addresses.join(', '))
        : failed(nameOf(gateway), 'an address', 'none');
    }),
};
