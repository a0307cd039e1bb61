import { covers, namesText } from '../../checks/certificate-text.ts';
import { failed } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { shownCertificates } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateCovers: VerifyRule = {
  code: 'CertificateCoversHostname',
  looksAt: 'The certificate of each listener with a hostname covers it.',
  replaces: [],
  next: 'put a certificate for this hostname into the Secret',
  check: (facts) =>
    ofMany(
      shownCertificates(facts).filter(({ hostname }) => hostname !== undefined),
      'certificates that cover their hostname',
      ({ namespace, secret, certificate, hostname = '' }) =>
        covers(certificate.dnsNames, hostname)
          ? undefined
          : failed(
              placeName('Secret', namespace, secret),
              `a certificate for ${hostname}`,
              `one for ${namesText(certificate.dnsNames)}`,
            ),
    ),
};
