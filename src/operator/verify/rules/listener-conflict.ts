import { failed } from '../../checks/check.ts';
import { conditionText } from '../../checks/condition-text.ts';
import type { VerifyRule } from '../facts.ts';
import { listenerChecks } from '../listener-status.ts';

export const listenerConflict: VerifyRule = {
  code: 'ListenerConflict',
  looksAt: 'No listener conflicts with another one over its port, protocol or hostname.',
  replaces: [],
  next: 'take the port or hostname off the other listener; with mergeGateways also off listeners of other Gateways of the class',
  check: (facts) =>
    listenerChecks(facts, ({ object, isConflicted, conditions }) =>
      isConflicted ? failed(object, 'no conflict', conditionText(conditions, 'Conflicted')) : undefined,
    ),
};
