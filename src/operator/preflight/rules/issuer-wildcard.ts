import { at, get, isRecord, listOf } from '../../../planner/world/json.ts';
import { cannotProveWildcards } from '../../checks/acme-issuer.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { wantedIssuers } from '../wanted.ts';

export const issuerWildcard: PreflightRule = {
  code: 'IssuerProvesWildcard',
  looksAt:
    'With certManager.wildcard the issuer can prove a wildcard: an ACME issuer has a solver for DNS-01.',
  replaces: [],
  next: 'give the issuer a dns01 solver, or set gatewayAPI.workload.certManager.wildcard=false',
  check: (facts) =>
    wantedIssuers(facts.wanted)
      .filter(({ wildcard }) => wildcard)
      .flatMap(({ kind, name, namespace }) =>
        ifThere(
          facts,
          kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer',
          namespace,
          name,
          (object): readonly Said[] => {
            if (!isRecord(get(object.spec, 'acme'))) return [ok(nameOf(object), 'it is no ACME issuer')];
            const solvers = listOf(at(object.spec, 'acme', 'solvers'));
            return [
              !cannotProveWildcards(object)
                ? ok(nameOf(object), 'a solver for DNS-01')
                : failed(
                    nameOf(object),
                    'a solver for DNS-01',
                    `${solvers.length} solvers, none of them for DNS-01`,
                  ),
            ];
          },
        ),
      ),
};
