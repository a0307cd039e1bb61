import { failed } from '../../checks/check.ts';
import type { VerifyRule } from '../facts.ts';
import { describeListenerCondition, listenerChecks } from '../listener-status.ts';
import { tlsSecretsIn } from '../tls-secret.ts';

export const listenerResolved: VerifyRule = {
  code: 'ListenerResolvedRefs',
  looksAt: 'The Secret of each listener was found and taken: it is in the namespace of the Gateway.',
  replaces: ['kubectl -n kubebyon-system describe httproute <platform-api-route-name>'],
  next: 'create the Secret in the namespace of the Gateway: kubectl -n NAMESPACE create secret tls NAME --cert=FILE --key=FILE',
  check: (facts) =>
    listenerChecks(facts, (listener) => {
      const problem = describeListenerCondition(listener, 'ResolvedRefs');
      if (problem === undefined) return undefined;
      const missing = listener.secretNames.find((name) => {
        const secret = tlsSecretsIn(facts, listener.namespace)(name);
        return secret.seen && secret.value === undefined;
      });
      const behind =
        missing === undefined
          ? ''
          : `, because there is no Secret ${missing} of type kubernetes.io/tls in namespace ${listener.namespace}`;
      return failed(listener.object, 'ResolvedRefs is True', `${problem}${behind}`);
    }),
};
