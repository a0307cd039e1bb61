import { failed, ok, type Said } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { ifThere } from '../../checks/look.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { wantedIssuers } from '../wanted.ts';

export const issuerReady: PreflightRule = {
  code: 'IssuerReady',
  looksAt: 'Each of these issuers is Ready.',
  replaces: ['kubectl get clusterissuer,issuer -A'],
  next: 'see its account and its credentials for DNS',
  check: (facts) =>
    wantedIssuers(facts.wanted).flatMap(({ kind, name, namespace }) =>
      ifThere(
        facts,
        kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer',
        namespace,
        name,
        (object): readonly Said[] => {
          const problem = notTrue(object, 'Ready');
          return [
            problem === undefined
              ? ok(nameOf(object), 'Ready')
              : failed(nameOf(object), 'Ready is True', problem, `see why: ${kubectlDescribe(object)}`),
          ];
        },
      ),
    ),
};
