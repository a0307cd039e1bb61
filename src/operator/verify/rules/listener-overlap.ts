import { conditionOf } from '../../../planner/world/objects.ts';
import { warned } from '../../checks/check.ts';
import { conditionText } from '../../checks/condition-text.ts';
import type { VerifyRule } from '../facts.ts';
import { listenerChecks } from '../listener-status.ts';

export const listenerOverlap: VerifyRule = {
  code: 'ListenerOverlap',
  looksAt:
    'No certificate of a listener covers the hostname of another one: browsers would be held at HTTP/1.1.',
  replaces: [],
  next: 'give each hostname a certificate of its own',
  check: (facts) =>
    listenerChecks(facts, ({ object, conditions }) =>
      conditionOf(conditions, 'OverlappingTLSConfig')?.status === 'True'
        ? warned(
            object,
            'certificates that do not overlap',
            conditionText(conditions, 'OverlappingTLSConfig'),
          )
        : undefined,
    ),
};
