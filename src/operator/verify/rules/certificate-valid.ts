import { expiryProblem } from '../../checks/certificate-text.ts';
import { placeName } from '../../checks/object-name.ts';
import { shownCertificates } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateValid: VerifyRule = {
  code: 'CertificateNotExpired',
  looksAt: 'No certificate that a listener shows has ended, or does within 14 days.',
  replaces: [],
  next: 'of cert-manager: see why it is not renewed; of the operator: replace tls.crt and tls.key in the Secret',
  check: (facts) =>
    ofMany(shownCertificates(facts), 'certificates of listeners', ({ namespace, secret, certificate }) => {
      const problem = expiryProblem(certificate.notAfter, facts.now);
      if (problem === undefined) return undefined;
      return {
        object: placeName('Secret', namespace, secret),
        ...problem,
        expected: 'a certificate that is valid for 14 days or more',
      };
    }),
};
