import { failed, ok, type Said } from '../../checks/check.ts';
import { certificatesOf } from '../certificates.ts';
import type { PreflightRule } from '../facts.ts';

export const certificateKey: PreflightRule = {
  code: 'CertificateKeyMatches',
  looksAt: 'The private key in the Secret belongs to the certificate beside it.',
  replaces: [],
  next: 'put tls.crt and tls.key of one pair into the Secret',
  check: (facts) =>
    certificatesOf(facts, ({ object, certificate }): readonly Said[] => [
      certificate.keyMatches === false
        ? failed(object, 'the key of this certificate', 'another key')
        : ok(object, 'key and certificate belong together'),
    ]),
};
