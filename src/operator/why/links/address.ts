import { failed, ok, type Said, unknown } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { addressesOf } from '../../verify/addresses.ts';
import { gatewaysBehind, type WhyLink } from '../facts.ts';

export const addressLink: WhyLink = {
  code: 'HostnameAddress',
  looksAt: 'This Gateway has an address.',
  replaces: [],
  next: 'see the Service of type LoadBalancer that its controller makes, and whoever gives it an address',
  check: (facts) =>
    gatewaysBehind(facts).map((gateway): Said => {
      const addresses = addressesOf(gateway);
      if (addresses.length > 0) return ok(nameOf(gateway), addresses.join(', '));
      // The planner reads no address, so a World may be without.
      return facts.config === undefined
        ? failed(nameOf(gateway), 'an address', 'none')
        : unknown(
            nameOf(gateway),
            'an address',
            'the World does not say it',
            'ask the cluster: leave out --world',
          );
    }),
};
