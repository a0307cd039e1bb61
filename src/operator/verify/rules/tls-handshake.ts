import { failed, ok, type Said } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const tlsHandshake: VerifyRule = {
  code: 'TLSHandshake',
  looksAt: 'A TLS handshake with its name as SNI comes to an end.',
  replaces: [],
  next: 'see the listener and the route of this hostname: kubebyon-gateway why HOSTNAME',
  check: ({ requests }) =>
    requests.flatMap(({ target, tls }): readonly Said[] => {
      if (tls === undefined) return [];
      return [
        tls.ok
          ? ok(target.hostname, 'a handshake')
          : failed(target.hostname, 'a TLS handshake', tls.error, `kubebyon-gateway why ${target.hostname}`),
      ];
    }),
};
