import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { issuerBehind, ourCertificates } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateReady: VerifyRule = {
  code: 'CertificateReady',
  looksAt: 'Each Certificate of the runtime is Ready, with what is behind it when it is not.',
  replaces: ['kubectl -n <workload-gateway-namespace> get certificate'],
  next: 'see its requests and orders: kubectl describe certificate, certificaterequest, order',
  check: (facts) =>
    ofMany(ourCertificates(facts), 'Certificates', (certificate) => {
      const problem = notTrue(certificate, 'Ready');
      if (problem === undefined) return undefined;
      const behind = issuerBehind(facts, certificate);
      return failed(
        nameOf(certificate),
        'Ready is True',
        behind === undefined ? problem : `${problem}, because ${behind}`,
        `see its orders: ${kubectlDescribe(certificate)}`,
      );
    }),
};
