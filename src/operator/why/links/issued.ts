import { get, textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { notTrue } from '../../checks/condition-text.ts';
import { kubectlDescribe, nameOf } from '../../checks/object-name.ts';
import { issuerBehind, ourCertificates } from '../../verify/certificates.ts';
import type { WhyLink } from '../facts.ts';
import { secretsBehind } from '../secrets.ts';

export const issuedLink: WhyLink = {
  code: 'HostnameIssued',
  looksAt: 'The Certificate that writes the Secret of its listener is Ready.',
  replaces: [],
  next: 'see its orders: kubectl describe certificate',
  check: (facts) => {
    const names = new Set(secretsBehind(facts).map(({ name }) => name));
    return ourCertificates(facts)
      .filter(({ spec }) => names.has(textOf(get(spec, 'secretName')) ?? ''))
      .map((certificate): Said => {
        const problem = notTrue(certificate, 'Ready');
        if (problem === undefined) return ok(nameOf(certificate), 'Ready');
        const behind = issuerBehind(facts, certificate);
        return failed(
          nameOf(certificate),
          'Ready is True',
          behind === undefined ? problem : `${problem}, because ${behind}`,
          `see its orders: ${kubectlDescribe(certificate)}`,
        );
      });
  },
};
