import { failed } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';
import { describeListenerCondition, listenerChecks } from '../listener-status.ts';

export const listenerProgrammed: VerifyRule = {
  code: 'ListenerProgrammed',
  looksAt: 'Each listener that is accepted, with its references, is Programmed.',
  replaces: ['kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>'],
  next: 'see the message, and the log of the controller',
  check: (facts) =>
    listenerChecks(facts, (listener) => {
      const isHeld =
        listener.isConflicted ||
        describeListenerCondition(listener, 'Accepted') !== undefined ||
        describeListenerCondition(listener, 'ResolvedRefs') !== undefined;
      const problem = isHeld ? undefined : describeListenerCondition(listener, 'Programmed');
      return problem === undefined ? undefined : failed(listener.object, 'Programmed is True', problem);
    }),
};
