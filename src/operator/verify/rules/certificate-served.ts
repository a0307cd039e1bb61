import { covers, expiryProblem, namesText } from '../../checks/certificate-text.ts';
import { failed, ok, type Said, warned } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';

export const certificateServed: VerifyRule = {
  code: 'CertificateServed',
  looksAt:
    'The certificate that is shown covers the name, has not ended, and is trusted here; that of a control plane is its own.',
  replaces: ['curl -kI https://<self-managed-hostname>/'],
  next: 'see the certificate of its listener: kubebyon-gateway why HOSTNAME',
  check: ({ requests, now }) =>
    requests.flatMap(({ target, tls }): readonly Said[] => {
      if (tls?.ok !== true) return [];
      const { dnsNames, notAfter, untrusted } = tls.value;
      const { hostname, role } = target;
      if (!covers(dnsNames, hostname))
        return [failed(hostname, `a certificate for ${hostname}`, `one for ${namesText(dnsNames)}`)];
      const expiry = expiryProblem(notAfter, now);
      if (expiry !== undefined)
        return [{ object: hostname, ...expiry, expected: 'a certificate that is valid for 14 days or more' }];
      // A control plane signs its own certificate.
      if (untrusted !== undefined && role !== 'control-plane')
        return [warned(hostname, 'a certificate that is trusted here', untrusted)];
      return [ok(hostname, `a certificate until ${notAfter}`)];
    }),
};
