import { get, textOf } from '../../../planner/world/json.ts';
import { failed } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { ourCertificates } from '../certificates.ts';
import { runtimeConfig, type VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateIssuer: VerifyRule = {
  code: 'CertificateIssuer',
  looksAt:
    'Dedicated Certificates are of certManager.selfManaged.issuerRef where that is set, all others of certManager.issuerRef.',
  replaces: ['kubectl -n <workload-gateway-namespace> get certificate'],
  next: 'nothing by hand: the controller writes it anew; see that it runs with the variables of this release',
  check: (facts) => {
    const tls = runtimeConfig(facts)?.workload?.tls;
    if (tls === undefined) return [];
    return ofMany(ourCertificates(facts), 'Certificates of their issuer', (certificate) => {
      const isDedicated = certificate.metadata.name.startsWith('kb-');
      const wanted = isDedicated ? (tls.selfManagedIssuerRef ?? tls.issuerRef) : tls.issuerRef;
      const reference = get(certificate.spec, 'issuerRef');
      const found = `${textOf(get(reference, 'kind')) ?? 'Issuer'} ${textOf(get(reference, 'name')) ?? ''}`;
      const expected = wanted === undefined ? 'no issuer' : `${wanted.kind} ${wanted.name}`;
      return found === expected ? undefined : failed(nameOf(certificate), expected, found);
    });
  },
};
