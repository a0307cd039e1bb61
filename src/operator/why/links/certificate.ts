import { covers, expiryProblem, namesText } from '../../checks/certificate-text.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import { tlsSecretsIn } from '../../verify/tls-secret.ts';
import type { WhyLink } from '../facts.ts';
import { secretsBehind } from '../secrets.ts';

export const certificateLink: WhyLink = {
  code: 'HostnameCertificate',
  looksAt: 'The Secret of its listener holds a certificate that covers it and has not ended.',
  replaces: [],
  next: 'put a certificate for this hostname into the Secret, or see the Certificate that writes it',
  check: (facts) =>
    secretsBehind(facts).flatMap(({ namespace, name }) => {
      const object = placeName('Secret', namespace, name);
      return ifSeen(tlsSecretsIn(facts, namespace)(name), object, (secret): readonly Said[] => {
        if (secret === undefined) return [failed(object, 'a Secret of type kubernetes.io/tls', 'none')];
        const { certificate } = secret;
        if (certificate === undefined)
          return [failed(object, 'a certificate in PEM under tls.crt', 'something that is none')];
        if (!covers(certificate.dnsNames, facts.hostname))
          return [
            failed(
              object,
              `a certificate for ${facts.hostname}`,
              `one for ${namesText(certificate.dnsNames)}`,
            ),
          ];
        const expiry = expiryProblem(certificate.notAfter, facts.now);
        if (expiry !== undefined)
          return [{ object, ...expiry, expected: 'a certificate that is valid for 14 days or more' }];
        return [ok(object, `it covers the name, until ${certificate.notAfter ?? 'some day'}`)];
      });
    }),
};
