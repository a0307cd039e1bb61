import { expiryProblem } from '../../checks/certificate-text.ts';
import { ok, type Said } from '../../checks/check.ts';
import { certificatesOf } from '../certificates.ts';
import type { PreflightRule } from '../facts.ts';

export const certificateValid: PreflightRule = {
  code: 'CertificateNotExpired',
  looksAt: 'The certificate has not ended, and does not within 14 days.',
  replaces: [],
  next: 'renew it, and replace tls.crt and tls.key in the Secret',
  check: (facts) =>
    certificatesOf(facts, ({ object, certificate }): readonly Said[] => {
      const problem = expiryProblem(certificate.notAfter, facts.now);
      if (problem !== undefined)
        return [{ object, ...problem, expected: 'a certificate that is valid for 14 days or more' }];
      return [ok(object, `valid until ${certificate.notAfter ?? 'some day'}`)];
    }),
};
