import { ok, type Said, warned } from '../../checks/check.ts';
import { one } from '../../checks/facts.ts';
import { ifSeen } from '../../checks/look.ts';
import { placeName } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { SAFE_UPGRADES } from '../questions.ts';
import { gatewayConfig } from '../wanted.ts';

export const safeUpgrades: PreflightRule = {
  code: 'SafeUpgrades',
  looksAt:
    'The policy safe-upgrades of the Gateway API and its binding keep somebody from installing an older bundle over this one.',
  replaces: [],
  next: 'apply the bundle of the Gateway API whole: the policy is a part of it',
  check: (facts) =>
    gatewayConfig(facts.wanted) === undefined
      ? []
      : (['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'] as const).flatMap((kind) =>
          ifSeen(
            one(facts, kind, '', SAFE_UPGRADES),
            placeName(kind, '', SAFE_UPGRADES),
            (object): readonly Said[] => [
              object === undefined
                ? warned(placeName(kind, '', SAFE_UPGRADES), 'the guard of the Gateway API', 'none')
                : ok(placeName(kind, '', SAFE_UPGRADES), 'it is there'),
            ],
          ),
        ),
};
