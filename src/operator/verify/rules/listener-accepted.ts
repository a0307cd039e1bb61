import { failed } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';
import { describeListenerCondition, listenerChecks } from '../listener-status.ts';

export const listenerAccepted: VerifyRule = {
  code: 'ListenerAccepted',
  looksAt: 'Each listener is accepted; one of which its controller says nothing is not.',
  replaces: ['kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>'],
  next: 'see the message: a port, protocol or kind of route that the controller does not take',
  check: (facts) =>
    listenerChecks(facts, (listener) => {
      // Envoy Gateway leaves Accepted out of listeners that are in conflict, which have a check of their own.
      if (listener.isConflicted) return undefined;
      const problem = describeListenerCondition(listener, 'Accepted');
      return problem === undefined ? undefined : failed(listener.object, 'Accepted is True', problem);
    }),
};
