import { covers, namesText } from '../../checks/certificate-text.ts';
import { failed } from '../../checks/check.ts';
import { placeName } from '../../checks/object-name.ts';
import { type ListenerCertificate, shownCertificates } from '../certificates.ts';
import { runtimeConfig, type VerifyFacts, type VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateCovers: VerifyRule = {
  code: 'CertificateCoversHostname',
  looksAt:
    'The certificate of each listener with a hostname covers it; the shared one that has no wildcard is for names below it alone.',
  replaces: [],
  next: 'put a certificate for this hostname into the Secret',
  check: (facts) =>
    ofMany(
      shownCertificates(facts).filter(({ hostname }) => hostname !== undefined),
      'certificates that cover their hostname',
      ({ namespace, secret, certificate, hostname = '' }) =>
        covers(certificate.dnsNames, hostname) ||
        (hasNamesOneByOne(facts, { namespace, secret }) &&
          certificate.dnsNames?.every((name) => covers([hostname], name)) === true)
          ? undefined
          : failed(
              placeName('Secret', namespace, secret),
              `a certificate for ${hostname}`,
              `one for ${namesText(certificate.dnsNames)}`,
            ),
    ),
};

/** Whether it is the Secret of the shared certificate of an issuer that proves no wildcard. */
function hasNamesOneByOne(
  facts: VerifyFacts,
  { namespace, secret }: Pick<ListenerCertificate, 'namespace' | 'secret'>,
): boolean {
  const workload = runtimeConfig(facts)?.workload;
  return (
    workload?.tls?.certManager === true &&
    !workload.tls.wildcardCertificate &&
    workload.gateway.namespace === namespace &&
    workload.tls.secretName === secret
  );
}
