import { failed } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { shownCertificates } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateKey: VerifyRule = {
  code: 'CertificateKeyMatches',
  looksAt: 'The private key beside each certificate belongs to it.',
  replaces: [],
  next: 'put tls.crt and tls.key of one pair into the Secret',
  check: (facts) =>
    ofMany(shownCertificates(facts), 'certificates with their key', ({ namespace, secret, certificate }) =>
      certificate.keyMatches === false
        ? failed(placeName('Secret', namespace, secret), 'the key of this certificate', 'another key')
        : undefined,
    ),
};
