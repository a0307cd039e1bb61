import { failed, ok, type Said } from '../../checks/check.ts';
import type { WhyLink } from '../facts.ts';

export const answerLink: WhyLink = {
  code: 'HostnameAnswers',
  looksAt: 'It answers a request from where the command runs: TCP, TLS and HTTP.',
  replaces: [],
  next: 'see the Pods of the Gateway and firewalls in between; 502 to 504 is the Gateway without a backend that answers',
  check: (facts) =>
    facts.requests
      .filter(({ target }) => target.hostname === facts.hostname)
      .flatMap(({ address = '', tcp = [], tls, http = [] }): readonly Said[] => [
        ...tcp.flatMap(({ port, result }) =>
          result.ok ? [] : [failed(`${address}:${port}`, 'a connection', result.error)],
        ),
        ...(tls === undefined || tls.ok ? [] : [failed(facts.hostname, 'a TLS handshake', tls.error)]),
        ...http.map(({ url, result }): Said => {
          if (!result.ok) return failed(url, 'an answer', result.error);
          const { status } = result.value;
          return status >= 502 && status <= 504
            ? failed(url, 'an answer from behind the Gateway', String(status))
            : ok(url, String(status));
        }),
      ]),
};
