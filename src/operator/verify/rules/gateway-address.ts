import { failed, ok } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { addressesOf } from '../addresses.ts';
import { gatewaysOf, type VerifyRule } from '../facts.ts';

export const gatewayAddress: VerifyRule = {
  code: 'GatewayAddress',
  looksAt: 'Each Gateway has an address.',
  replaces: ['kubectl -n kubebyon-system get gateway'],
  next: 'see the Service of type LoadBalancer that its controller makes, and whoever gives it an address',
  check: (facts) =>
    gatewaysOf(facts).map(({ gateway }) => {
      const addresses = addressesOf(gateway);
      return addresses.length > 0
        ? ok(nameOf(gateway), addresses.join(', '))
        : failed(nameOf(gateway), 'an address', 'none');
    }),
};
