import { failed, ok, type Said, unknown } from '../../checks/check.ts';
import { addressesOf } from '../../verify/addresses.ts';
import { gatewaysBehind, type WhyLink } from '../facts.ts';

export const dnsLink: WhyLink = {
  code: 'HostnameDNS',
  looksAt: 'DNS gives an address of this Gateway for it.',
  replaces: [],
  next: 'point the name at the Gateway: a CNAME to the target of the cluster, or a record with its address',
  check: (facts): readonly Said[] => {
    const dns = facts.requests.find(({ target }) => target.hostname === facts.hostname)?.dns;
    if (dns === undefined)
      return [
        unknown(
          facts.hostname,
          'an answer of DNS',
          'nobody was asked',
          'ask without --no-requests and --resolve',
        ),
      ];
    if (!dns.ok) return [failed(facts.hostname, 'an address', dns.error)];
    const addresses = gatewaysBehind(facts).flatMap(addressesOf);
    const text = dns.value.join(', ');
    const isComparable = addresses.some(isAddress) && dns.value.some(isAddress);
    return [
      !isComparable || dns.value.some((one) => addresses.includes(one))
        ? ok(facts.hostname, text)
        : failed(facts.hostname, addresses.join(' or '), text),
    ];
  },
};

function isAddress(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && /\d/.test(text);
}
