import { covers, namesText } from '../../checks/certificate-text.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { certificatesOf } from '../certificates.ts';
import type { PreflightRule } from '../facts.ts';

export const certificateCovers: PreflightRule = {
  code: 'CertificateCoversHostname',
  looksAt: 'The certificate in the Secret of a listener covers the hostname of the listener.',
  replaces: [],
  next: 'put a certificate for this hostname into the Secret',
  check: (facts) =>
    certificatesOf(facts, ({ object, certificate, hostname }): readonly Said[] => {
      if (hostname === undefined) return [];
      return [
        covers(certificate.dnsNames, hostname)
          ? ok(object, `it covers ${hostname}`)
          : failed(object, `a certificate for ${hostname}`, `one for ${namesText(certificate.dnsNames)}`),
      ];
    }),
};
