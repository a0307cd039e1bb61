import { get, textOf } from '../../../planner/world/json.ts';
import { ok, type Said, warned } from '../../checks/check.ts';
import { definitionName } from '../../checks/kinds.ts';
import { ifThere } from '../../checks/look.ts';
import { isAtLeast, versionNumbers } from '../../checks/versions.ts';
import type { PreflightRule } from '../facts.ts';
import { needsCertManager } from '../wanted.ts';

/** From it on a key is made anew with each certificate, and ListenerSets can be solved for. */
const LEAST = [1, 18] as const;

export const certManagerVersion: PreflightRule = {
  code: 'CertManagerVersion',
  looksAt: 'cert-manager is 1.18 or newer, by the label of its definitions.',
  replaces: [],
  next: 'upgrade cert-manager; older ones are out of support and keep private keys for ever',
  check: (facts) =>
    needsCertManager(facts.wanted)
      ? ifThere(
          facts,
          'CustomResourceDefinition',
          '',
          definitionName('Certificate'),
          ({ metadata }): readonly Said[] => {
            const version = textOf(get(metadata.labels, 'app.kubernetes.io/version')) ?? '';
            const numbers = versionNumbers(version);
            if (numbers === undefined) return [];
            return [
              isAtLeast(numbers, LEAST)
                ? ok('cert-manager', version)
                : warned('cert-manager', 'v1.18 or newer', version),
            ];
          },
        )
      : [],
};
