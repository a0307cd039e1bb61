import { failed, ok, type Said } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { kubectlDescribe, placeName } from '../../checks/object-name.ts';
import { runtimeIssuers } from '../certificates.ts';
import type { VerifyRule } from '../facts.ts';

export const issuerReady: VerifyRule = {
  code: 'IssuerReady',
  looksAt: 'The issuers of the variables are there and Ready.',
  replaces: ['kubectl get clusterissuer,issuer -A'],
  next: 'see its account and its credentials for DNS',
  check: (facts) =>
    runtimeIssuers(facts).flatMap(({ kind, namespace, name }) => {
      const object = placeName(kind, namespace, name);
      return ifSeen(one(facts, kind, namespace, name), object, (issuer): readonly Said[] => {
        if (issuer === undefined)
          return [
            failed(
              object,
              `a ${kind}`,
              'none',
              'create it, or correct gatewayAPI.workload.certManager.issuerRef',
            ),
          ];
        const problem = notTrue(issuer, 'Ready');
        return [
          problem === undefined
            ? ok(object, 'Ready')
            : failed(object, 'Ready is True', problem, `see why: ${kubectlDescribe(issuer)}`),
        ];
      });
    }),
};
