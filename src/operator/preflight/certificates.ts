import type { SecretCertificate } from '../../planner/world/world.ts';
import type { Said } from '../checks/check.ts';
import { ifThere } from '../checks/look.ts';
import { nameOf } from '../checks/object-name.ts';
import type { PreflightFacts } from './facts.ts';
import { referencesOf } from './references.ts';

/** A certificate that a listener is to show. */
interface Shown {
  readonly object: string;
  readonly certificate: SecretCertificate;
  readonly hostname?: string;
}

/** What is said of each certificate that values name. */
export function certificatesOf(
  facts: PreflightFacts,
  say: (shown: Shown) => readonly Said[],
): readonly Said[] {
  return referencesOf(facts.wanted)
    .filter(({ use }) => use === 'tls')
    .flatMap(({ namespace, name, hostname }) =>
      ifThere(facts, 'Secret', namespace, name, (secret) => {
        const { certificate } = secret;
        if (certificate === undefined) return [];
        return say({ object: nameOf(secret), certificate, ...(hostname === undefined ? {} : { hostname }) });
      }),
    );
}
