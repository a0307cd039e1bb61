import { get, textOf } from '../../../planner/world/json.ts';
import { failed } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { nameOf } from '../../checks/object-name.ts';
import { ourCertificates } from '../certificates.ts';
import { runtimeConfig, type VerifyRule } from '../facts.ts';
import { ofMany } from '../routes.ts';
import { tlsSecretsIn } from '../tls-secret.ts';

export const certificateSecret: VerifyRule = {
  code: 'CertificateSecret',
  looksAt: 'The Secret of each Certificate that is Ready is there, in the namespace of the workload Gateway.',
  replaces: ['kubectl -n <workload-gateway-namespace> get certificate'],
  next: 'have it issued again: cmctl renew NAME -n NAMESPACE',
  check: (facts) => {
    const secretNamed = tlsSecretsIn(facts, runtimeConfig(facts)?.workload?.gateway.namespace ?? '');
    return ofMany(
      ourCertificates(facts).filter((certificate) => notTrue(certificate, 'Ready') === undefined),
      'Certificates with their Secret',
      (certificate) => {
        const name = textOf(get(certificate.spec, 'secretName')) ?? '';
        const secret = secretNamed(name);
        return secret.seen && secret.value === undefined
          ? failed(nameOf(certificate), `a Secret ${name}`, 'none')
          : undefined;
      },
    );
  },
};
