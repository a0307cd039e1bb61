import { failed, ok, type Said } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const tcpConnects: VerifyRule = {
  code: 'TCPConnects',
  looksAt: 'Its ports take connections.',
  replaces: [],
  next: 'see the Service and the Pods of the Gateway, and firewalls in between',
  check: ({ requests }) =>
    requests.flatMap(({ target, address = '', tcp = [] }) =>
      tcp.map(({ port, result }): Said => {
        const object = `${target.hostname} at ${address}:${port}`;
        return result.ok ? ok(object, 'connected') : failed(object, 'a connection', result.error);
      }),
    ),
};
