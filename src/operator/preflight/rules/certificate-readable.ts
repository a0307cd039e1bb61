import { textOf } from '../../../planner/world/json.ts';
import { failed, ok, type Said } from '../../checks/check.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { referencesOf } from '../references.ts';

export const certificateReadable: PreflightRule = {
  code: 'CertificateReadable',
  looksAt: 'The Secret of a listener holds a certificate in PEM under tls.crt.',
  replaces: [],
  next: 'put a certificate in PEM under tls.crt, and its key under tls.key',
  check: (facts) =>
    referencesOf(facts.wanted)
      .filter(({ use }) => use === 'tls')
      .flatMap(({ namespace, name }) =>
        ifThere(facts, 'Secret', namespace, name, (secret): readonly Said[] => {
          if (textOf(secret.type) !== 'kubernetes.io/tls') return [];
          return [
            secret.certificate === undefined
              ? failed(nameOf(secret), 'a certificate in PEM under tls.crt', 'something that is none')
              : ok(nameOf(secret), 'a certificate'),
          ];
        }),
      ),
};
