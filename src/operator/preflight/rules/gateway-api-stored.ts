import { ok, type Said, warned } from '../../checks/check.ts';
import { definitionOf } from '../../checks/gateway-api.ts';
import { definitionName } from '../../checks/kinds.ts';
import { ifThere } from '../../checks/look.ts';
import { nameOf } from '../../checks/object-name.ts';
import type { PreflightRule } from '../facts.ts';
import { neededDefinitions } from '../questions.ts';

export const gatewayApiStored: PreflightRule = {
  code: 'StoredVersionServed',
  looksAt:
    'Every version at which objects are stored is still served; otherwise the next upgrade of definitions fails.',
  replaces: [],
  next: 'rewrite the objects at the version that is stored now, and take the old one out of status.storedVersions',
  check: (facts) =>
    neededDefinitions(facts.wanted).flatMap((kind) =>
      ifThere(facts, 'CustomResourceDefinition', '', definitionName(kind), (object): readonly Said[] => {
        const { stored, served } = definitionOf(object);
        const left = stored.filter((version) => !served.includes(version));
        if (left.length === 0) return [ok(nameOf(object), `stored at ${stored.join(', ')}`)];
        return [
          warned(
            nameOf(object),
            `objects stored at ${served.join(' or ')}`,
            `stored at ${left.join(', ')} as well`,
          ),
        ];
      }),
    ),
};
