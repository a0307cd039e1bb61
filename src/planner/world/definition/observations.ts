import { choice, group, mapOf, named, optional, required, text } from './language.ts';
import { port, texts, time } from './parts.ts';

export const dnsAnswer = named(
  'dnsAnswer',
  'What one resolver says about a hostname.',
  group({
    resolver: required(text(), 'Who was asked.'),
    checkedAt: required(time, 'When it answered.'),
    chain: optional(texts, 'The CNAMEs that were followed, in order, without the name asked for.'),
    a: optional(texts, 'IPv4 addresses.'),
    aaaa: optional(texts, 'IPv6 addresses.'),
    txt: optional(
      texts,
      'TXT records at `_kubebyon.<hostname>`; of a wildcard, at that of its parent domain.',
    ),
    caa: optional(texts, 'CAA records in presentation form, such as `0 issue "letsencrypt.org"`.'),
    error: optional(text(), "A resolver's error code, such as ENOTFOUND, ENODATA, ESERVFAIL, ETIMEOUT."),
  }),
);

export const probe = named(
  'probe',
  'One attempt to reach an address.',
  group({
    vantage: required(text(), 'Name of the host Node that probed.'),
    address: required(text(), 'Where to.'),
    port: required(port, 'To which port.'),
    result: required(choice(['ok', 'refused', 'timeout']), 'What came of it.'),
    at: required(time, 'When.'),
  }),
);

export const routeAgent = named(
  'routeAgent',
  'What the route agent of a host Node says.',
  group({
    renewedAt: required(
      time,
      "Last time the observer saw the agent's Lease change, by the observer's own clock.",
    ),
    effective: required(
      texts,
      'Destinations that the kernel of this host really routes to a tenant; never the default route.',
    ),
    pending: optional(
      mapOf(time),
      'Destinations that the agent has not reported on yet, and since when the observer has waited for it.',
    ),
  }),
);
