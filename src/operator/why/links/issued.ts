import { dnsNamesOf } from '../../../planner/https/certificates.ts';
import { get, textOf } from '../../../planner/world/json.ts';
import { covers } from '../../checks/certificate-text.ts';
import { ok } from '../../checks/check.ts';
import { nameOf } from '../../checks/object-name.ts';
import { issuanceProblem, ourCertificates } from '../../verify/certificates.ts';
import type { WhyLink } from '../facts.ts';
import { secretsBehind } from '../secrets.ts';

export const issuedLink: WhyLink = {
  code: 'HostnameIssued',
  looksAt: 'The Certificate that is for it, or writes the Secret of its listener, is Ready.',
  replaces: [],
  next: 'see its orders: kubectl describe certificate',
  check: (facts) => {
    const names = new Set(secretsBehind(facts).map(({ name }) => name));
    return (
      ourCertificates(facts)
        // Before its first certificate a hostname has no listener with a Secret.
        .filter(
          (certificate) =>
            names.has(textOf(get(certificate.spec, 'secretName')) ?? '') ||
            covers(dnsNamesOf(certificate), facts.hostname),
        )
        .map((certificate) => issuanceProblem(facts, certificate) ?? ok(nameOf(certificate), 'Ready'))
    );
  },
};
