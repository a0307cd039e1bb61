import { issuanceProblem, ourCertificates } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';

export const certificateReady: VerifyRule = {
  code: 'CertificateReady',
  looksAt:
    'Each Certificate of the runtime is Ready and its last issuance did not fail, with what is behind it when that is not so.',
  replaces: ['kubectl -n <workload-gateway-namespace> get certificate'],
  next: 'see its requests and orders: kubectl describe certificate, certificaterequest, order',
  check: (facts) =>
    ofMany(ourCertificates(facts), 'Certificates', (certificate) => issuanceProblem(facts, certificate)),
};
