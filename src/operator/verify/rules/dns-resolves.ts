import { failed, ok, type Said } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const dnsResolves: VerifyRule = {
  code: 'DNSResolves',
  looksAt: 'Each hostname has an address, asked from where the command runs.',
  replaces: [],
  next: 'add it at your DNS: an A or AAAA record with the address of the Gateway, or a CNAME to the target of the cluster',
  check: ({ requests }) =>
    requests.flatMap(({ target, dns }): readonly Said[] => {
      if (dns === undefined) return [];
      const { hostname } = target;
      return [dns.ok ? ok(hostname, dns.value.join(', ')) : failed(hostname, 'an address', dns.error)];
    }),
};
